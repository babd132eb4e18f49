"""Is what is about to be shown plausible? Great Expectations on the candidate.

Here live suites of expectations (one module per mart), the runner, the reports and the
wording of what was found. Exact sums, keys and references do not live here: dbt proves
those. Nothing here writes to the candidate or decides what is published.
"""
