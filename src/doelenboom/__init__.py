"""Logic of the warehouse in Python, one room per arrow of the data's way.

Nothing in this package imports dagster or dbt, with one exception: `cli` starts
the nightly job, inside the `run` command. Only `settings` reads the environment.
"""
