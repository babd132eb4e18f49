"""A small accounts package that is accepted, and how to spoil it."""

import json
from datetime import date
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.package import check_package

SEEDS = Path(__file__).parents[4] / "seeds"
SCHEMA = SEEDS / "accounts" / "datapackage.json"
DESCRIPTOR = json.loads(SCHEMA.read_text(encoding="utf-8"))
KNOWN: dict[str, list[tuple[date, date | None]]] = {
    "GM0153": [(date(2010, 1, 1), None)],
    "GM0457": [(date(2010, 1, 1), date(2022, 3, 23))],
}
KEY = "GM0153,2018,2.1"
HASH = "0" * 64
ROWS = {
    "programmes": f"{KEY},Ondersteuning,,jaarverslag,,partially_reported,,a.txt,1\n",
    "goal_tree": f"{KEY},objective,A,Zelfredzaam,,1,,,not_published,,a.txt,3,\n"
    f"{KEY},product,,Welzijn,A,2,12.345,-9,reported,,a.txt,4,5\n",
    "programme_finance": f"{KEY},Welzijn,expenses,false,100,110,12.345,97.655,reported,a.txt,8\n"
    f"{KEY},Sport,expenses,false,,,7,,reported,a.txt,9\n"
    f"{KEY},Totaal programma,expenses,true,100,110,19.345,90.655,reported,a.txt,10\n",
    "budget_years": f"{KEY},Totaal programma,expenses,true,2016,original_budget,not_stated,100,"
    "reported,a.txt,12\n",
    "reserves": f"{KEY},Reserve Wmo,10,,5,3,12,reported,a.txt,14\n",
    "indicators": f'{KEY},own_11.a,"Burgers, tevreden",A,1,Welzijn,%,higher,ours,2018,2018,79,,82,'
    "reported,2018,at_least,,1.5,95,printed,sample,missed,down,reported,,true,a.txt,20,21,22\n",
    "statutory_indicators": f"{KEY},bbv_20,Sport,Niet-sporters,%,2018,47.7,CBS,,not_applicable,,,,,"
    "not_printed,sample,reported,,a.txt,30\n",
    "action_points": f"{KEY},5a,1,A,Wijkwelzijn,,2018,,,delayed,true,100,no,,not_captured,,"
    "a.txt,40,41\n",
    "variance_explanations": f"{KEY},1,component,,Welzijn,97.7,bijna 0.1 miljoen,100,bijna,"
    "incidental,Minder vraag,Welzijn,expenses,reported,a.txt,50\n",
    "forecasts": f"{KEY},autumn_note,Welzijn,100,0.1 miljoen,100,ruim,not_stated,,printed,reported,"
    "a.txt,60\n",
    "chapter_facts": f"{KEY},1,priority,A1,,Wijken,,A,,,,,,,,,,not_applicable,a.txt,70\n",
    "chapter_parts": f"{KEY},forecast,1,reported,,a.txt,60\n",
    "documents": f"{KEY},a.txt,2.1 Ondersteuning,,{HASH},9,a.txt,1\n",
}
HEADER = {
    resource["name"]: ",".join(field["name"] for field in resource["schema"]["fields"])
    for resource in DESCRIPTOR["resources"]
}


def spoil(package: Path, name: str, old: str, new: str) -> None:
    """Replace one piece of a file, which must be there, by something else."""
    path = package / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def refusal(package: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        check_package(package, KNOWN)
    return str(refused.value)
