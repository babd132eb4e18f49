"""Each generic test of the project, run by dbt on rows that must pass and rows that must fail."""

import shutil
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).parents[2]

ROWS = {
    "key_good": "select * from (values ('a', 1), ('a', 2), ('b', 1)) as t (code, year)",
    "key_twice": "select * from (values ('a', 1), ('a', 1), ('b', 1)) as t (code, year)",
    "key_null": "select * from (values ('a', 1), (null, 2)) as t (code, year)",
    "parent": "select * from (values ('a', 1), ('b', 2)) as t (code, year)",
    "child_good": "select * from (values ('a', 1), ('b', 2), ('b', 2)) as t (code, year)",
    "child_lost": "select * from (values ('a', 1), ('b', 1), ('c', 2)) as t (code, year)",
    "amount_good": "select * from (values (1, 1), (2, 2)) as t (met, own)",
    "amount_off": "select * from (values (1, 1), (3, 2), (null, 2)) as t (met, own)",
    "all_good": "select * from (values (1, 1), (2, 2)) as t (met, own)",
    "all_off": "select * from (values (1, 1), (3, 2), (null, 2)) as t (met, own)",
    "compared_once": """
        select 'GM1' as municipality_code, 2018 as fiscal_year, 'accounts' as report,
            'm' as measure_code, 'all' as peer_group_code, boundary
        from (values ('as_reported'), ('current')) as t (boundary)""",
    "compared_twice": """
        select municipality_code, 2018 as fiscal_year, 'accounts' as report,
            'm' as measure_code, 'all' as peer_group_code, boundary
        from (values
            ('GM1', 'both'), ('GM1', 'current'), ('GM2', 'current'), ('GM2', 'current'),
            ('GM3', 'both')
        ) as t (municipality_code, boundary)""",
    "known_good": "select * from (values ('a', 1), ('b', null), (null, 2)) as t (code, year)",
    "known_not": """
        select * from (values ('a', 1), ('x', 3), ('x', 1), ('y', 1)) as t (code, year)""",
    "period_good": """
        select * from (values
            ('a', date '2010-01-01', date '2018-12-31'),
            ('a', date '2019-01-01', null),
            ('b', date '2010-01-01', null)
        ) as t (code, valid_from, valid_to)""",
    "period_overlap": """
        select * from (values
            ('a', date '2010-01-01', date '2019-01-01'),
            ('a', date '2019-01-01', null)
        ) as t (code, valid_from, valid_to)""",
    "period_open_twice": """
        select * from (values
            ('a', date '2010-01-01', null),
            ('a', date '2019-01-01', null)
        ) as t (code, valid_from, valid_to)""",
    "period_backwards": """
        select * from (values
            ('a', date '2010-01-01', date '2009-12-31')
        ) as t (code, valid_from, valid_to)""",
    "parts_whole": "select * from (values ('a', 0.25), ('a', 0.75), ('b', 1)) as t (code, part)",
    "parts_off": """
        select * from (values
            ('a', 0.25), ('a', 0.74), ('b', 1.5), ('b', -0.5), ('c', 1), ('c', null), ('d', 1)
        ) as t (code, part)""",
    "lives": """
        select * from (values
            ('a', date '2010-01-01', date '2018-12-31'),
            ('b', date '2010-01-01', date '2019-12-31'),
            ('c', date '2019-01-01', null)
        ) as t (municipality_code, valid_from, valid_to)""",
    "changes_good": """
        select * from (values
            ('a', 'c', date '2019-01-01'), ('b', 'c', date '2020-01-01')
        ) as t (predecessor_code, successor_code, effective_date)""",
    "changes_off": """
        select * from (values
            ('a', 'x', date '2019-01-01'), ('b', 'c', date '2020-01-02')
        ) as t (predecessor_code, successor_code, effective_date)""",
}

KEY = "unique_key: {arguments: {columns: [code, year]}}"
FOUND = "every_row_found_in: {arguments: {columns: [code, year], to: ref('parent')}}"
HOLDS = 'holds: {arguments: {condition: "met <= own"}}'
ALL_HOLD = (
    "all_hold: {arguments: {conditions: {met_is_small: 'met <= own', own_is_small: 'own < 3'}}}"
)
ONCE = "stored_once"
KNOWN = "known_values: {arguments: {lists: {code: letters, year: numbers}}}"
PERIODS = "no_overlapping_periods: {arguments: {key: code}}"

PARTS = "adds_up_to_one: {arguments: {key: code, weight: part}}"
ENDS = "every_end_has_a_successor: {arguments: {municipalities: ref('lives')}}"

# Model, generic test, number of offenders expected.
CASES = [
    ("key_good", KEY, 0),
    ("key_twice", KEY, 1),
    ("key_null", KEY, 1),
    ("child_good", FOUND, 0),
    ("child_lost", FOUND, 2),
    ("amount_good", HOLDS, 0),
    ("amount_off", HOLDS, 2),
    ("all_good", ALL_HOLD, 0),
    ("all_off", ALL_HOLD, 1),  # one of two conditions
    ("compared_once", ONCE, 0),
    ("compared_twice", ONCE, 2),
    ("known_good", KNOWN, 0),
    ("known_not", KNOWN, 3),  # two codes and a year, each once
    ("period_good", PERIODS, 0),
    ("period_overlap", PERIODS, 1),
    ("period_open_twice", PERIODS, 1),
    ("period_backwards", PERIODS, 1),
    ("parts_whole", PARTS, 0),
    ("parts_off", PARTS, 3),
    ("changes_good", ENDS, 0),
    ("changes_off", ENDS, 3),  # a successor nobody knows; an end and a change that miss each other
]


@pytest.fixture(scope="module")
def offenders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Offenders that dbt counted, by model, on a project with our macros and the rows above."""
    project = tmp_path_factory.mktemp("generic_tests")
    shutil.copytree(PROJECT / "macros", project / "macros")
    (project / "models").mkdir()
    for name, sql in ROWS.items():
        (project / "models" / f"{name}.sql").write_text(sql)
    models = "\n".join(
        f"  - name: {model}\n    data_tests:\n      - {test}" for model, test, _ in CASES
    )
    (project / "models" / "models.yml").write_text(f"version: 2\nmodels:\n{models}\n")
    reference = project / "seeds" / "reference"
    reference.mkdir(parents=True)
    (reference / "codes.csv").write_text(
        "code_list,code,label_nl\nletters,a,\nletters,b,\nnumbers,1,\nnumbers,2,\n"
    )
    (project / "dbt_project.yml").write_text(
        "name: generic_tests\nversion: '1.0'\nconfig-version: 2\nprofile: generic_tests\n"
        "flags: {send_anonymous_usage_stats: false}\nmodels: {+schema: main}\n"
    )
    (project / "profiles.yml").write_text(
        "generic_tests:\n  target: prod\n  outputs:\n"
        f"    prod: {{type: duckdb, path: '{project}/rows.duckdb', keep_open: false}}\n"
    )
    arguments = ["--project-dir", str(project), "--profiles-dir", str(project)]
    with chdir(project):
        outcome = dbtRunner().invoke(["build", *arguments, "--log-level", "none", "--no-print"])
    assert outcome.exception is None
    results: Any = outcome.result
    return {
        result.node.attached_node.rsplit(".", 1)[-1]: result.failures
        for result in results.results
        if result.node.resource_type == "test"
    }


def test_every_generic_test_of_the_project_is_tried_here() -> None:
    tests = {path.stem for path in (PROJECT / "macros" / "generic_tests").glob("*.sql")}
    assert tests == {test.split(":")[0] for _, test, _ in CASES}


@pytest.mark.parametrize(("model", "test", "expected"), CASES, ids=[c[0] for c in CASES])
def test_a_generic_test_counts_exactly_its_offenders(
    offenders: dict[str, int], model: str, test: str, expected: int
) -> None:
    assert offenders[model] == expected, test
