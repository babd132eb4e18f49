"""When, and in what order: Dagster and dbt's runner, nothing else.

Lives here: asset keys, jobs, the schedule, whether a night has news, the call that runs
dbt. May not live here: SQL, HTTP, Great Expectations, any rule about a figure. An
asset body takes its inputs, makes one call into `doelenboom`, and says what came of it.
"""
