"""One file per arrow of the data's way; bodies of about three lines.

Inputs, one call into `doelenboom` (or into `orchestration.dbt`), and a result with rows,
hashes and paths. No rule about a figure lives here.
"""
