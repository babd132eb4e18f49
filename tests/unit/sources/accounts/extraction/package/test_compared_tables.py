"""Nothing of the accounts package is left out when a chapter is compared, but by name."""

import json
from collections import defaultdict

from doelenboom.codes import codes
from doelenboom.sources.accounts.extraction.package.compared_tables import BY_A_PERSON, TABLES
from tests.unit.sources.accounts.extraction.chapters import SEEDS


def columns_of_the_package() -> dict[str, set[str]]:
    described = json.loads((SEEDS / "accounts" / "datapackage.json").read_text(encoding="utf-8"))
    return {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in described["resources"]
    }


def test_every_column_is_compared_or_is_in_words_of_ours() -> None:
    known = columns_of_the_package()
    assert {table.table for table in TABLES} == set(known)
    for table in TABLES:
        said = (*table.key, *table.compared, *table.own_words)
        assert set(said) == known[table.table], table.table
        assert not set(table.own_words) & {*table.key, *table.compared}


def test_every_kind_of_fact_is_compared_or_is_read_by_a_person() -> None:
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for table in TABLES:
        if table.only:
            kinds[table.table] += table.only[1]
    assert sorted([*kinds["chapter_facts"], *BY_A_PERSON]) == sorted(codes("chapter_fact_kind"))
    assert set(kinds["chapter_parts"]) < set(codes("chapter_part"))
