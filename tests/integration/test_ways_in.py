"""What leads a reader in: what tables are for, what codes mean, and named questions."""

import json
from collections.abc import Iterator

import duckdb
import pytest

from doelenboom.publication.manifest import read_release
from doelenboom.publication.reading.questions import NEEDED, Question, questions
from doelenboom.storage.tables import read_tables
from tests.conftest import RealNight

GIVEN = {"municipality": "Enschede", "year": "2023"}
"""What is given of the parameters that a question needs."""

WITHOUT_ROWS = {"budget-accuracy", "outliers"}
"""Questions that few municipalities give no answer to: without budgets, and none far out."""


@pytest.fixture(scope="module")
def marts(real_night: RealNight) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(real_night.database), read_only=True) as connection:
        yield connection


def needed(question: Question) -> list[str]:
    return [
        word
        for name, default in question.parameters.items()
        if default == NEEDED
        for word in (f"--{name}", GIVEN[name])
    ]


def test_about_tells_of_each_table_with_an_example_that_runs(
    marts: duckdb.DuckDBPyConnection, real_night: RealNight
) -> None:
    release = read_release(real_night.release)
    told = marts.execute(
        "select table_name, key_columns, example, grain from marts.about"
    ).fetchall()
    assert [row[:2] for row in told] == [
        (table.name, ", ".join(release.key_of(table.name)))
        for table in read_tables(marts, "doelenboom")
    ]
    for *_, example, grain in told:
        marts.execute(example).fetchall()
        assert grain.startswith("One row per ")


def test_every_code_in_a_coded_column_has_its_words(marts: duckdb.DuckDBPyConnection) -> None:
    places = marts.execute(
        "select list_name, place, list(code)"
        " from (select *, unnest(string_split(used_in, ', ')) as place from marts.code_lists)"
        " group by all"
    ).fetchall()
    assert len(places) > 90
    for _, place, codes in places:
        table, column = place.split(".")
        found = marts.execute(
            f'select distinct cast("{column}" as varchar) from marts."{table}"'
            f' where "{column}" is not null'
        ).fetchall()
        assert {code for (code,) in found} <= set(codes), place


def test_the_first_table_says_what_the_comparison_says(marts: duckdb.DuckDBPyConnection) -> None:
    ((rows, differing),) = marts.execute("""
        select
            count(*),
            count(*) filter (
                abs(spending.eur_per_inhabitant - compared.value) > 0.006
                or abs(spending.peer_median - compared.peer_median) > 0.006
                or spending.comparability != compared.comparability
                or spending.peers_n != compared.peers_n
            )
        from marts.spending_per_inhabitant as spending
        inner join marts.municipality_comparison as compared
            on spending.municipality_code = compared.municipality_code
            and spending.fiscal_year = compared.fiscal_year
            and spending.report = compared.report
            and compared.measure_code = 'iv3_expenses_cluster_' || spending.cluster_code
            and compared.boundary = 'as_reported'
            and compared.peer_group_code = 'all'
    """).fetchall()
    assert rows > 2_000
    assert differing == 0


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_a_question_is_answered_and_its_query_gives_the_same(
    question: Question, real_night: RealNight
) -> None:
    words = ("ask", question.name, *needed(question))
    answer = real_night.doelenboom(*words, "--format", "json")
    assert answer.returncode == 0
    assert (json.loads(answer.stdout) == []) == (question.name in WITHOUT_ROWS)
    assert (answer.stderr == "") == (question.name not in WITHOUT_ROWS)
    query = real_night.doelenboom(*words, "--sql")
    again = real_night.doelenboom("query", query.stdout, "--format", "json")
    assert again.stdout == answer.stdout


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["ask", "missing"], 2, "missing needs --municipality, as --municipality Losser"),
        (
            ["ask", "missing", "--municipality", "Losser", "--cluster", "jeugd"],
            2,
            "missing takes --municipality, --year, and no --cluster",
        ),
        (["find", " "], 2, "it is empty: give a name or a part of it"),
        (["ask", "mising"], 1, "there is no question mising; the nearest: missing"),
        (
            ["ask", "missing", "--municipality", "Lossr"],
            1,
            "no municipality has the name or code 'Lossr'; near it: Losser (GM0168)",
        ),
        (
            ["trace", "cluster_spending", "expenses_keur", "municipality_code=Losser"],
            1,
            "municipality_code=GM0168: give fiscal_year, report, cluster_code too",
        ),
    ],
)
def test_what_cannot_be_asked_is_told_with_the_way_on(
    words: list[str], code: int, sentence: str, real_night: RealNight
) -> None:
    done = real_night.doelenboom(*words)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr


def test_an_empty_answer_says_what_is_not_in(real_night: RealNight) -> None:
    done = real_night.doelenboom("ask", "programmes", "--municipality", "Den Haag")
    assert done.returncode == 0
    assert "No rows." in done.stderr
    assert "Of annual accounts these chapters are in, no others: Enschede 2013" in done.stderr


def test_a_municipality_without_rows_beside_others_is_named(real_night: RealNight) -> None:
    words = ("--peer-group", "nearest_10_GM0168", "--year", "2023", "--format", "csv")
    done = real_night.doelenboom(
        "ask", "spending-against-peers", "--municipality", "Enschede,Losser", *words
    )
    assert done.returncode == 0
    assert "Losser" in done.stdout
    assert done.stderr == "No rows of Enschede.\n"
