"""The bundled figures of few municipalities, on which tests run their nights; holds no test."""

from pathlib import Path

import duckdb

from doelenboom.settings import PROJECT_DIR

BUNDLED = PROJECT_DIR / "seeds" / "benchmarks"
TWENTE = (
    *("GM0141", "GM0147", "GM0153", "GM0158", "GM0163", "GM0164", "GM0168", "GM0173", "GM0183"),
    *("GM0189", "GM1700", "GM1735", "GM1742", "GM1774"),
)
OF_A_HUNDRED_THOUSAND = (
    *("GM0014", "GM0034", "GM0080", "GM0114", "GM0150", "GM0193", "GM0200", "GM0202", "GM0228"),
    *("GM0268", "GM0307", "GM0344", "GM0361", "GM0363", "GM0392", "GM0394", "GM0479", "GM0484"),
    *("GM0503", "GM0505", "GM0518", "GM0546", "GM0599", "GM0637", "GM0758", "GM0772", "GM0796"),
    *("GM0855", "GM0935", "GM0983", "GM1783"),
)
FEW = TWENTE + OF_A_HUNDRED_THOUSAND
KEPT = {
    "fund_allocation": "fiscal_year = 2024",
    "iv3_amounts": "report = 'accounts' and left(taakveld_code, 1) in ('6', '7')",
    "iv3_totals": "report = 'accounts'",
    "iv3_main_categories": "report = 'accounts'",
    "population": "year(reference_date) <= 2024",
}
"""What else rows of a file must be, where not all of these municipalities are kept."""

MERGED = {
    "population": "municipality_code = 'GM0788' or municipality_code = 'GM0457' and"
    " year(reference_date) = 2022",
}
"""The people of Haaren, and of Weesp, who live in one of these municipalities today."""


def keep_few(folder: Path) -> None:
    """Write every bundled Parquet file into a folder, with the rows of few municipalities alone."""
    for path in sorted(BUNDLED.glob("*.parquet")):
        duckdb.execute(
            f"copy (select * from read_parquet('{path}')"
            f" where municipality_code in {FEW} and {KEPT.get(path.stem, 'true')}"
            f" or {MERGED.get(path.stem, 'false')})"
            f" to '{folder / path.name}' (format parquet)"
        )
