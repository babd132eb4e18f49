"""A chapter is said to print what was read from it, and not to print the rest."""

from doelenboom.sources.accounts.extraction.package.parts import PARTS
from doelenboom.sources.accounts.package import read_descriptor
from tests.unit.sources.accounts.extraction.chapters import SEEDS, extracted

TABLE = """5 Zorg
Wat heeft het gekost
Bedragen x € 1.000
 | Begroting na wijziging | Realisatie | Verschil
Lasten | 1.000 | 990 | 10
Baten | 100 | 95 | -5
Saldo van baten en lasten | 900 | 895 | 5
"""


def test_parts_are_those_that_the_package_knows() -> None:
    package = read_descriptor(SEEDS / "accounts" / "datapackage.json")
    [resource] = [each for each in package["resources"] if each["name"] == "chapter_parts"]
    [part] = [field for field in resource["schema"]["fields"] if field["name"] == "part"]
    assert tuple(part["constraints"]["enum"]) == PARTS


def test_each_part_is_counted_or_said_not_to_be_published() -> None:
    extraction = extracted(TABLE)
    rows = {row["part"]: row for row in extraction.tables["chapter_parts"]}
    assert tuple(rows) == PARTS
    printed = {part: row["rows_n"] for part, row in rows.items() if row["rows_n"]}
    finance = extraction.tables["programme_finance"]
    assert printed == {f"total_{row['flow']}": 1 for row in finance} | {
        phase: len(finance) for phase in ("final_budget", "actual", "variance")
    }
    assert {rows[part]["value_status"] for part in printed} == {"reported"}
    silent = [row for part, row in rows.items() if part not in printed]
    assert {(row["value_status"], bool(row["status_reason"])) for row in silent} == {
        ("not_published", True)
    }
