"""What readers of the marts were promised, and the check that holds the marts against it.

Reads dbt's manifest and the files that name columns; no part of a night.
"""
