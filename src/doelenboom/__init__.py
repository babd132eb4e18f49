"""Logic of the warehouse in Python, one room per arrow of the data's way.

Nothing in this package imports dagster or dbt, and none but `commands.running` imports
`orchestration`: it starts the nightly job. Who may import whom stands in `.importlinter`.
Only `settings` reads the environment.
"""
