"""The one home of code lists, labels and the rule of rounding, which dbt and Python both read."""

import csv
import shutil
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import get_args

import duckdb
import pytest
from jinja2 import Environment

from doelenboom import codes as home
from doelenboom.codes import REFERENCE, codes, labels_nl, last_digits, net_row_parts
from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.numbers.amounts import HEDGES, amounts_in
from doelenboom.validation.outcomes import Kind, Severity, Status


def rows() -> list[dict[str, str]]:
    with (REFERENCE / "codes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_code_has_its_labels_once_in_the_widest_list_that_has_it() -> None:
    known: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        if row["within"]:
            assert row["code"] in known[row["within"]]
            assert not row["label_nl"] and not row["label_en"]
        else:
            assert row["label_nl"] and row["label_en"]
        known[row["code_list"]].add(row["code"])


def test_a_list_stands_in_one_place_and_within_one_other() -> None:
    order = [(row["code_list"], row["within"]) for row in rows()]
    runs = [pair for n, pair in enumerate(order) if n == 0 or order[n - 1] != pair]
    assert len(runs) == len({name for name, _ in runs})


def test_a_narrower_list_has_the_labels_of_the_wider_one() -> None:
    assert labels_nl("verdict_stated") == {"met": "gehaald", "missed": "niet gehaald"}
    assert codes("flow_of_iv3") == ("expenses", "revenue")


def test_the_types_of_a_check_result_are_those_of_the_lists() -> None:
    assert get_args(Kind) == codes("dq_kind")
    assert get_args(Severity) == codes("dq_severity")
    assert get_args(Status) == codes("dq_status")


def test_a_list_that_there_is_not_is_named() -> None:
    with pytest.raises(KeyError, match="colours"):
        codes("colours")


def test_every_hedge_has_its_rounding_and_every_word_of_a_chapter_its_hedge() -> None:
    assert {last_digits(hedge) for hedge in codes("hedge")} == {Decimal("0.5"), Decimal(1)}
    assert set(HEDGES.values()) == set(codes("hedge"))
    assert {word for word, hedge in HEDGES.items() if word != hedge} == {"ca", "ca."}


def test_net_rows_are_made_of_flows_that_a_cost_table_has() -> None:
    parts = [
        part for name in ("net_cost", "net_cost_after_reserves") for part in net_row_parts(name)
    ]
    assert {part.flow for part in parts} < set(codes("flow_of_cost_table"))


AMOUNTS = {"ruim 4 miljoen": "500.5", "circa 4 miljoen": "1000.5", "4 miljoen": "500.5"}
"""How far the sentence may be from a figure of the cost table, which is in thousands."""


def room_in_python(text: str) -> Decimal:
    (amount,) = amounts_in(text)
    return amount.rounded_to * last_digits(amount.hedge) + last_digits(None)


def room_in_sql(text: str, reference: Path) -> Decimal:
    (amount,) = amounts_in(text)
    hedge = f"nullif('{amount.hedge}', '')"
    macros = Environment(autoescape=False)
    macros.globals["reference_rows"] = lambda name, columns: duckdb.execute(
        f"select {columns} from read_csv('{reference / name}.csv', all_varchar = true)"
    ).fetchall()
    macro = (PROJECT_DIR / "macros" / "rounding_room.sql").read_text(encoding="utf-8")
    rounding_room = vars(macros.from_string(macro).module)["rounding_room"]
    prose, table = rounding_room(str(amount.rounded_to), hedge), rounding_room("1")
    ((room,),) = duckdb.execute(f"select {prose} + {table}").fetchall()
    return Decimal(room)


@pytest.mark.parametrize(("text", "room"), AMOUNTS.items())
def test_extraction_and_dbt_leave_an_amount_the_same_room(text: str, room: str) -> None:
    assert room_in_python(text) == room_in_sql(text, REFERENCE) == Decimal(room)


def test_a_rule_that_changes_changes_in_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = tmp_path / "reference"
    shutil.copytree(REFERENCE, reference)
    rounding = reference / "rounding.csv"
    changed = rounding.read_text(encoding="utf-8").replace("ruim,0.5,", "ruim,0.7,")
    rounding.write_text(changed, encoding="utf-8")
    monkeypatch.setattr(home, "REFERENCE", reference)
    assert room_in_python("ruim 4 miljoen") == Decimal("700.5")
    assert room_in_sql("ruim 4 miljoen", reference) == Decimal("700.5")
