"""Texts that readers see in Dutch hold no English words, and a label has one meaning of plus.

The words looked for are no words of Dutch; a name printed in a source stays as printed and is
excused below, by name.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from doelenboom.glossary import split_comment
from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.inbox.tables import words
from doelenboom.sources.inbox.tables.kinds import read_kinds

SEEDS = PROJECT_DIR / "seeds"
MODELS = PROJECT_DIR / "models"
ENGLISH = frozenset(
    """
    the and with from not were been has have this that which who whose what where when how why each
    every any some than then they them their its his our your only both all other others same such
    more most less fewer least own known unknown missing given found row rows column columns table
    tables value values key keys file files line lines page pages year years month day date amount
    amounts number numbers name names text source sources check checks checked pass passed fail
    failed warn warning error broken observed expected municipality municipalities inhabitant
    inhabitants neighbour neighbours peers group groups expenses revenue cost costs spending goal
    goals measure measures threshold rounding rounded delivery delivered report reports accounts
    landing staging repository seed seeds mart marts raw hash build release published provisional
    unmapped mapped fitted default offender offenders percent share shares weight weights null true
    false
    """.split()  # noqa: SIM905
)
PRINTED = ("early warning",)
"""Words that a chapter prints in English, in Dutch sentences."""

DUTCH_COLUMNS = {
    "accounts/chapter_parts.csv": ("status_reason",),
    "accounts/goal_tree.csv": ("status_reason",),
    "accounts/indicators.csv": ("status_reason", "target_condition"),
    "accounts/programmes.csv": ("status_reason",),
    "accounts/variance_explanations.csv": ("reason",),
    "exceptions/reconciliation_judgements.csv": ("subject", "explanation"),
    "reference/boundary_changes.csv": ("note",),
    "reference/check_explanations.csv": ("checked_nl",),
    "reference/check_findings.csv": ("finding_nl",),
    "reference/reconciliation_outcomes.csv": ("advice_nl",),
    "reference/codes.csv": ("label_nl",),
    "reference/comparability_rules.csv": ("reason",),
    "reference/distorting_events.csv": ("event_name", "effect"),
    "reference/financial_ratio_definitions.csv": ("ratio_name", "definition"),
    "reference/iv3_reports.csv": ("report_name",),
    "reference/measure_themes.csv": ("reason",),
    "reference/peer_features.csv": ("feature_name",),
    "reference/product_taakvelden.csv": ("explanation",),
    "reference/prose_identities.csv": ("subject",),
    "reference/size_classes.csv": ("size_class_name",),
    "reference/statutory_units.csv": ("reason",),
    "reference/taakvelden.csv": ("cluster_name",),
}


def english_in(text: str) -> list[str]:
    """List the tell-tale words of a text; codes in curly brackets are gaps to be filled."""
    for printed in PRINTED:
        text = text.replace(printed, "")
    words = re.findall(r"[a-z_]+", re.sub(r"\{\w+\}", "", text).lower())
    return [word for word in words if word in ENGLISH or "_" in word]


@cache
def labels() -> tuple[tuple[str, str], ...]:
    """Give each label of a table or column, with the name of its text."""
    return tuple(_labels())


def _labels() -> Iterator[tuple[str, str]]:
    for path in sorted((MODELS / "_docs").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for name, body in re.findall(r"{% docs (\w+) %}\n(.*?)\n{% enddocs %}", text, re.S):
            yield name, split_comment(" ".join(body.split()))[0]
    for path in sorted((MODELS / "marts").rglob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            yield model["name"], split_comment(model["description"])[0]


@pytest.mark.parametrize(("file", "columns"), DUTCH_COLUMNS.items())
def test_dutch_texts_of_a_file_hold_no_english(file: str, columns: tuple[str, ...]) -> None:
    with (SEEDS / file).open(encoding="utf-8", newline="") as rows:
        texts = {row[column] for row in csv.DictReader(rows) for column in columns}
    assert texts - {""}, "the columns hold the texts"
    assert [(text, found) for text in sorted(texts) if (found := english_in(text))] == []


def test_what_a_controller_reads_of_a_refusal_holds_no_english() -> None:
    told = [*words.FILES.values(), *words.HEADS.values(), *words.ROWS.values()]
    texts = [*(text for pair in told for text in pair), *words.TEMPLATE_TOLD, words.OTHERWISE]
    assert [(text, found) for text in texts if (found := english_in(text))] == []


def test_labels_of_the_package_hold_no_english() -> None:
    kinds = read_kinds(SEEDS).values()
    texts = [kind.label(name) for kind in kinds for name in kind.fields]
    texts += [kind.title for kind in kinds]
    assert [(text, found) for text in texts if (found := english_in(text))] == []


def test_dutch_labels_hold_no_english() -> None:
    found = {name: words for name, label in labels() if (words := english_in(label))}
    # Storage is named after the table that is read through it, the code `unmapped` is explained,
    # and the front page of the docs is no label.
    others = {"bridge_taakveld_code", "__overview__"}
    assert {name for name in found if not name.endswith("_storage")} <= others, found


def test_texts_that_sql_builds_hold_no_english() -> None:
    texts = [
        (path.name, text)
        for path in sorted(MODELS.rglob("*.sql"))
        for text in re.findall(r"'([^'\n]*)'", without_comments(path))
        if re.search(r"\b(de|het|een|van|niet|zijn|wordt|geen|voor)\b", text)
        and not re.search(r"[<>=]|\bselect\b", text)
    ]
    assert len(texts) > 30
    assert [(name, text, found) for name, text in texts if (found := english_in(text))] == []


def without_comments(path: Path) -> str:
    return re.sub(r"(?m)--.*$", "", path.read_text(encoding="utf-8"))


def test_a_label_says_once_what_a_plus_means() -> None:
    several = {name: label for name, label in labels() if len(re.findall(r"\(.*?\+", label)) > 1}
    assert several == {}


def test_english_is_noticed() -> None:
    assert english_in("Saldo van the Baten") == ["the"]
    assert english_in("Zie value_status") == ["value_status"]
    assert english_in("De early warning brief van {gemeente}") == []
