"""What the identities say: the likeliest culprit in one sentence, and a check result for each."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from doelenboom.codes import codes
from doelenboom.validation.differences import unjudged_difference
from doelenboom.validation.identity_checks import identity_checks
from doelenboom.validation.outcomes import CheckResult, Status


def warehouse(tmp_path: Path, is_judged: bool) -> Path:
    """A total of 20 whose lines of 5 and 6 add up to 11, beside a variance that misses by 9."""
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            create schema intermediate;
            create table intermediate.int_reconciliation__judged as select
                identity, 'GM0153' as municipality_code, 2018 as fiscal_year,
                '2.1' as programme_code,
                'Totaal' as subject, 'actual' as phase, difference, 1.5 as tolerance,
                'not_reconciled' as status_decided, $judged as is_judged,
                if($judged, difference, null) as expected_difference, '1-3' as source_lines
            from (values ('sum_of_lines', 9), ('variance_of_row', -9)) as i (identity, difference);
            create table intermediate.int_reconciliation__terms as select
                identity, 'GM0153' as municipality_code, 2018 as fiscal_year,
                '2.1' as programme_code,
                'Totaal' as subject, 'actual' as phase, side, factor, figure_value,
                'programme_finance' as seed_name, seed_line, 'actual_keur' as seed_column,
                'chapter.txt' as source_document
            from (values
                ('sum_of_lines', 'left', 1, 20, 9),
                ('sum_of_lines', 'right', 1, 5, 2),
                ('sum_of_lines', 'right', 1, 6, 3),
                ('variance_of_row', 'right', 1, 20, 9)
            ) as t (identity, side, factor, figure_value, seed_line);
            """.replace("$judged", str(is_judged).lower())
        )
    return path


def test_the_figure_in_most_broken_identities_is_named_with_what_would_mend_it(
    tmp_path: Path,
) -> None:
    assert unjudged_difference(warehouse(tmp_path, is_judged=False)) == (
        "seeds/accounts/programme_finance.csv, row 9, column actual_keur: found 20, expected 11"
        " within 1.5 by identity sum_of_lines (Totaal; chapter.txt, lines 1-3)"
        " (1 more identities do not hold); nothing was published"
    )


def test_a_judged_difference_stops_nothing(tmp_path: Path) -> None:
    assert unjudged_difference(warehouse(tmp_path, is_judged=True)) is None


def test_a_warehouse_that_never_came_to_the_identities_has_no_difference(tmp_path: Path) -> None:
    assert unjudged_difference(tmp_path / "none.duckdb") is None
    with duckdb.connect(str(tmp_path / "empty.duckdb")):
        pass
    assert unjudged_difference(tmp_path / "empty.duckdb") is None


@pytest.mark.parametrize(
    ("status", "result"),
    [
        *((status, "pass") for status in ("holds", "rounding", "bridged")),
        *((status, "info") for status in ("moments_differ", "undecidable")),
        *((status, "warn") for status in ("scope_differs", "contradiction")),
        ("not_reconciled", "fail"),
    ],
)
def test_each_identity_is_a_check_result(tmp_path: Path, status: str, result: Status) -> None:
    [found] = identity_checks(reconciled(tmp_path, status))
    assert replace(found, explanation="") == CheckResult(
        "net_cost",
        "GM0153 2018 2.1 Totaal actual",
        "warn",
        result,
        "5.000 keur",
        "4.000 keur",
        kind="reconciliation",
    )


def test_an_identity_is_explained_in_the_words_of_its_reviewer_and_of_the_municipality(
    tmp_path: Path,
) -> None:
    told = {"explanation": "Regel 5 zegt iets anders.", "municipality_response": "Regel 5 klopt."}
    [found] = identity_checks(reconciled(tmp_path, "contradiction", **told))
    assert found.explanation == (
        "Gecontroleerd is of de jaarstukken met zichzelf kloppen over: Totaal (realisatie)."
        " Regel 5 zegt iets anders. Noem dit verschil als u de cijfers gebruikt, en vraag de"
        " gemeente wat klopt. De gemeente antwoordde: Regel 5 klopt."
    )


def test_every_status_of_an_identity_has_an_outcome_and_advice(tmp_path: Path) -> None:
    for status in codes("reconciliation_status"):
        [found] = identity_checks(reconciled(tmp_path, status))
        assert found.explanation.count(".") == 2, "what was checked, and what to do"


def reconciled(tmp_path: Path, status: str, **told: str) -> Path:
    """A candidate with one identity of that status."""
    candidate = tmp_path / f"{status}.duckdb"
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(
            "create schema marts;"
            " create table marts.reconciliation as select 'net_cost' as identity,"
            " 'GM0153' as municipality_code, 2018 as fiscal_year, '2.1' as programme_code,"
            " 'Totaal' as subject, 'actual' as phase, 5.0::decimal(18, 3) as left_keur,"
            " 4.0::decimal(18, 3) as right_keur, null::decimal(18, 3) as left_value,"
            " null::decimal(18, 3) as right_value, 'keur' as unit, $status as status,"
            " $explanation::varchar as explanation, $response::varchar as municipality_response",
            {
                "status": status,
                "explanation": told.get("explanation"),
                "response": told.get("municipality_response"),
            },
        )
    return candidate
