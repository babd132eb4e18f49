"""What municipalities call things: the words that open a section, head a column, name a row.

They stand in `vocabulary.csv`, a form on each line: the list it belongs to, what it says there, the
pattern, and where it was seen. A word seen in a new chapter is a line there, and nothing else
changes. The forms of a list are tried in their order; `{name}` in one is a form of the list `part`.
"""

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from doelenboom.codes import codes, net_row_parts, reference_rows
from doelenboom.sources.accounts.extraction.words.patterns import (
    ANY_CASE,
    any_of,
    anywhere,
    anywheres,
    opening,
    whole,
    wholes,
)

LONGEST_HEADING = 90
_FILE = Path(__file__).with_name("vocabulary.csv")
_NAME = anywhere(r"\{([a-z_]+)\}")


class Word(NamedTuple):
    """A form of a list, what it says there, and words that were seen in it, with where."""

    list: str
    kind: str
    form: str
    seen: str
    where: str


@cache
def words() -> tuple[Word, ...]:
    """Give every line of the vocabulary, with its parts written out."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_written_out(csv.reader(file)))


def _written_out(rows: Iterator[list[str]]) -> Iterator[Word]:
    provinces = (row["province_name"].lower() for row in reference_rows("provinces"))
    parts = {"province": any_of(provinces)}
    next(rows)
    for row in rows:
        word = Word(*row)
        form = _NAME.sub(lambda name: parts[name[1]], word.form)
        if word.list == "part":
            before = f"{parts[word.kind]}|" if word.kind in parts else ""
            parts[word.kind] = before + form
        yield word._replace(form=form)


def _forms(name: str) -> tuple[tuple[str, str], ...]:
    """Give the kinds of a list in their order, each with its forms as one pattern."""
    forms: dict[str, str] = {}
    for word in words():
        if word.list == name:
            before = f"{forms[word.kind]}|" if word.kind in forms else ""
            forms[word.kind] = before + word.form
    return tuple(forms.items())


def _form(name: str) -> str:
    """Give the forms of a list that says one thing, as one pattern."""
    ((_, form),) = _forms(name)
    return form


SECTIONS = wholes(*_forms("section"))
"""Headings, whole lines without a closing colon, and the section that they open.

`explanations` holds only after a cost table: `Toelichting` stands under much else.
"""

PHASES = _forms("phase")
"""Heads of columns and the phase of the budget that they hold, the most telling first."""

OF_A_PART = anywhere(_form("of_a_part"), ANY_CASE)
"""What makes a budget or an actual one of a part of the year, of the amounts, or of the people."""

NO_AMOUNT = anywhere(_form("no_amount"), ANY_CASE)
"""What makes a column one of shares, of people or of a sum that runs on, whatever else it names."""

WHICH_BUDGET = anywhere(_form("which_budget"), ANY_CASE)
"""What a head says of a budget that is the one before or after changes."""

FROM_FIRST = anywhere(_form("from_first"), ANY_CASE)
"""What a difference from the budget before changes has in its head."""

RESERVE_COLUMNS = _forms("reserve_column")
"""Heads of a statement of reserves and what their columns hold."""

NET_MOVEMENT = anywhere(_form("net_movement"), ANY_CASE)
"""What a head or row of such a statement says of what came in less what went out."""

KIND_HEAD = opening(_form("kind_head"), ANY_CASE)
"""A head over kinds of reserves, beside their names."""

STATEMENT_TITLE = anywhere(_form("statement_title"), ANY_CASE)
"""What a line about reserves has that names none of them, but a statement of them."""

BALANCE_SHEET = anywhere(_form("balance_sheet_word"), ANY_CASE)
"""What a row of a balance sheet has, of which reserves are a part."""

HEADS = wholes(*_forms("head"))
"""Heads of columns and what stands below them, the most telling first.

`elsewhere` are values of other places, moments or forecasts.
"""

SCORE_OR_TARGET = anywhere(
    "|".join(f"(?P<{kind}>{form})" for kind, form in _forms("part") if kind in ("score", "target")),
    ANY_CASE,
)
"""A head of a score or a target in a line of heads of indicators."""

FLOW_HEADS = _forms("flow_head")
"""Heads of columns where each phase has its own columns of expenses, revenue and balance."""

YEAR_HEADING = whole(_form("year_heading"), ANY_CASE)
"""Headings that say, with their year, of which year the table below them is."""

DOCUMENT = whole(
    "(?:"
    + "|".join(f"(?P<{kind}>{form})" for kind, form in _forms("document"))
    + r")\s+(?P<year>20\d\d)(?:\s?[-–/]\s?(?:20)?\d\d)?",
    ANY_CASE,
)
"""The title of a document, with its year: a budget, accounts, or what comes between them."""

BESIDE_COSTS = anywhere(_form("beside_costs"), ANY_CASE)
"""Above a table of costs: what it has is not what a programme costs."""

YEARS_AHEAD = anywhere(_form("years_ahead"), ANY_CASE)
"""What the years above a table are where its heads have nothing else."""

UNITS = anywheres(*_forms("unit"))
"""Thousands of euro in the printed unit, and the ways to print it: `(x € 1.000)`, `in euro's`."""

OF_ALL = anywhere(_form("of_all"), ANY_CASE)
"""Words of a line whose unit holds for every table of a chapter."""

INDICATORS_BEGIN = _form("indicators_begin")
"""What a table of indicators begins with, where it stands between action points."""

ROWS = wholes(*_forms("row"))
"""Names of rows that say by themselves which flow or balance they hold; tried in this order."""

ROW_SIDES = {word.form: word.kind for word in words() if word.list == "row_side"}
"""What a cell of its own behind the name of a row says of its flow."""

BEFORE_FLOW = opening(_form("before_flow"), ANY_CASE)
"""What the title of a table of one flow has before this."""

BEHIND_FLOW = anywhere(_form("behind_flow"), ANY_CASE)
"""What such a title has behind its flow: of what its lines are, and its unit."""

TOTAL_ROW = whole(_form("total_row"))
"""A total whose flow the columns or the block say."""

PART_ROW = whole(_form("part_row"))
"""Rows that repeat a part of other rows: not added up with them."""

OF_RESERVES = opening(_form("of_reserves"), ANY_CASE)
"""Names of lines about reserves: their costs are added to them, their revenue taken out."""

AREAS = _form("area")
"""First cells of rows that hold the values of another area than the municipality."""

STATUTORY_NAMES = wholes(*_forms("statutory_name"))
"""Other ways in which municipalities print the names of statutory indicators, without the unit."""

GOOD = anywhere(_form("good"), ANY_CASE)
"""What says in a sentence that an outcome is better than the budget."""

BAD = anywhere(_form("bad"), ANY_CASE)
"""What says in a sentence that an outcome is worse than the budget."""

STAGES = anywheres(*_forms("stage"))
"""Earlier documents of the same year that forecast its outcome."""

POLICY_FIELDS = _form("policy_field")
"""Policy fields of the regulation on indicators (Regeling beleidsindicatoren gemeenten)."""

HEAD_WORD = anywhere(_form("head_word"), ANY_CASE)
"""What a line of text has that may be the head of a cost table."""

SAVING = anywhere(_form("saving"), ANY_CASE)
"""What makes an amount at an action point one to save."""

ACTION_HEADING = whole(_form("action_heading"), ANY_CASE)
"""A line above action points."""

AFTER_ACTIONS = whole(_form("after_actions"), ANY_CASE)
"""A line behind the last action point."""

PAGE_WORD = anywhere(rf"\b(?:{_form('page_word')})", ANY_CASE)
"""What is printed before the number of a page."""

SUM = opening(_form("sum_word"), ANY_CASE)
"""What the name of a row begins with that adds up others."""

RESERVES = anywhere(_form("reserve_word"), ANY_CASE)
PROVISIONS = anywhere(_form("provision_word"), ANY_CASE)
"""What tells a reserve, and a provision, which is none."""

COST_WORD = anywhere(rf"\b(?:{_form('cost_word')})\b", ANY_CASE)
REVENUE_WORD = anywhere(rf"\b(?:{_form('revenue_word')})\b", ANY_CASE)
"""What says in a sentence that it is about costs, or about revenue."""

NATURES = anywheres(*_forms("nature"))
"""What says in a sentence for how long an amount is there."""

RESULT_WORD = anywhere(_form("result_word"), ANY_CASE)
"""What makes a sentence one about the outcome."""

COMPARED = anywhere(_form("compared"), ANY_CASE)
"""What says that an amount is held against another one."""

GENERAL_SUBJECT = whole(_form("general_subject"), ANY_CASE)
"""Subjects that are the programme as a whole."""

VERB = anywhere(rf"\b(?:{_form('verb')})\b", ANY_CASE)
"""What a sentence has, and a short subject above one has not."""

MEASURE = anywhere(_form("measure"), ANY_CASE)
"""What a cell has that says in what an indicator is measured."""

SCORE_UNITS = anywheres(*_forms("score_unit"))
"""What the name of an indicator says of its unit."""

AFTER_INDICATORS = whole(rf"(?:{_form('after_indicators')})\b:?", ANY_CASE)
"""What ends a table of indicators of which each cell stands on a line of its own."""

VERDICTS = anywheres(*_forms("verdict"))
"""What a text states of the target of an indicator, missed before met."""

NO_SCORE = anywheres(*_forms("no_score"))
"""Why an indicator has no score, as the text says it."""

ENDED = anywhere(_form("ended"), ANY_CASE)
"""What says that an indicator does not go on."""

HOLDER = _form("holder")
"""Who holds a portfolio, before the name."""

FLOWS = codes("flow_of_line")
NETS = tuple(flow for flow in codes("flow_of_cost_table") if flow not in FLOWS)
COSTLIKE = {
    *(flow for flow, sign in net_row_parts("net_cost_after_reserves_from_flows") if sign > 0),
    *NETS,
}
"""Flows of which less than the budget is an advantage."""

AMOUNT_PHASES = tuple(phase for phase in codes("phase_of_amount") if phase != "variance")
TOTAL_ITEM = "Totaal programma"

TO_RESERVES = {
    "expenses": "transfer_to_reserves",
    "revenue": "transfer_from_reserves",
    "net_cost": "net_reserve_movement",
}
"""What the costs, revenue and balance of reserves are."""

_NUMBER = opening(r"(\d+(\.\d+)*\.?|[•*#-]+)\s+")


@lru_cache(maxsize=4096)
def section_of(text: str) -> str:
    """Return the section that a line opens as its heading, or nothing."""
    heading = _NUMBER.sub("", " ".join(text.split()).rstrip(":").lower())
    if len(heading) > LONGEST_HEADING:
        return ""
    for section, pattern in SECTIONS:
        if pattern.fullmatch(heading):
            return section
    return ""
