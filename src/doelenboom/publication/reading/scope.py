"""What is in a release, in two lines for the terminal: of whom, of when, and how to ask."""

from pathlib import Path

from doelenboom.publication.reading.reader import run_query
from doelenboom.storage.resources import DuckDBResources

SPENDING = """
    select report, count(distinct municipality_code), min(fiscal_year), max(fiscal_year)
    from marts.coverage
    where dataset = 'iv3' and level = 'total' and status = 'complete'
    group by report
    order by report
"""
PROGRAMMES = """
    select concat_ws(' ', municipality_name, fiscal_year, 'programme', programme_code)
    from marts.programme_results
    order by municipality_name, fiscal_year, programme_code
"""
NAMES = {"accounts": "accounts", "budget": "budgets"}
ASK = "Ask for yours: doelenboom ask per-inhabitant --municipality Losser"


def scope_lines(database: Path, *, resources: DuckDBResources) -> list[str]:
    """Say which municipalities, years and programmes are in, and how to ask for one."""
    spending = [
        f"{NAMES[report]} {first}-{last} of {count} municipalities"
        for report, count, first, last in run_query(database, SPENDING, resources=resources).rows
    ]
    programmes = [name for (name,) in run_query(database, PROGRAMMES, resources=resources).rows]
    return [
        f"Spending (Iv3): {', '.join(spending) or 'none'}; programmes of annual accounts:"
        f" {', '.join(programmes) or 'none'}",
        ASK,
    ]
