"""Named questions: each a query in a file of `asked/`, which says what it asks and of what.

A file begins with comments, `-- word: text`: `question` and `reading` in Dutch, a parameter of the
query with what stands for it when it is not given (`needed`, `every`, `newest`, or a value), and
`label <column>` for what no table has a label of.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from doelenboom.errors import RefusedError, nearest
from doelenboom.publication.reading.names import code_of
from doelenboom.publication.reading.reader import opened
from doelenboom.storage.resources import DuckDBResources, sql_text

HEADING = re.compile(r"(?:-- [\w ]+: .+\n)+")
HEADING_LINE = re.compile(r"-- ([\w ]{1,60}?): (.+)")
LABEL = "label "
PARAMETER = re.compile(r"\$(\w+)")
NEEDED = "needed"
OPEN = ("every", "newest")
"""What stands for a parameter that may be left out: null in the query."""

KINDS = {
    "municipality": "municipality",
    "cluster": "cluster",
    "peer_group": "peer group",
    "measure": "measure",
}
"""Parameters that take a code or a name, and the kind of thing they are the name of."""

EXAMPLES = {"municipality": "Losser", "year": "2023"}
"""What an error shows of a parameter that is needed."""

Value = str | int | list[str] | None


@dataclass(frozen=True)
class Question:
    """A query with its name, what it asks, how to read the answer, and its parameters."""

    name: str
    text: str

    @cached_property
    def heading(self) -> Mapping[str, str]:
        """What the comments at the beginning say."""
        return dict(HEADING_LINE.findall(self._comments))

    @property
    def question(self) -> str:
        return self.heading["question"]

    @property
    def reading(self) -> str:
        return self.heading["reading"]

    @property
    def parameters(self) -> Mapping[str, str]:
        return {
            name: value
            for name, value in self.heading.items()
            if name not in ("question", "reading") and not name.startswith(LABEL)
        }

    @property
    def labels(self) -> Mapping[str, str]:
        """The Dutch labels of the columns of its answer that no table has."""
        return {
            name.removeprefix(LABEL): label
            for name, label in self.heading.items()
            if name.startswith(LABEL)
        }

    def misuse(self, given: Iterable[str]) -> str | None:
        """Say what is wrong with a set of parameters: one too many or one that is lacking."""
        names = list(given)
        for name in names:
            if name not in self.parameters:
                takes = ", ".join(map(option, self.parameters))
                return f"{self.name} takes {takes}, and no {option(name)}"
        for name, default in self.parameters.items():
            if default == NEEDED and name not in names:
                return f"{self.name} needs {option(name)}, as {option(name)} {EXAMPLES[name]}"
        return None

    @property
    def sql(self) -> str:
        return self.text.removeprefix(self._comments)

    @property
    def _comments(self) -> str:
        found = HEADING.match(self.text)
        return found[0] if found else ""

    def written_out(self, values: Mapping[str, Value]) -> str:
        """Write the query with its values in place, to go on from."""
        return PARAMETER.sub(lambda found: _literal(values[found[1]]), self.sql)


def option(parameter: str) -> str:
    """Write a parameter as the option of a command line."""
    return f"--{parameter.replace('_', '-')}"


def questions() -> list[Question]:
    """List all questions, by name."""
    folder = files(__package__) / "asked"
    found = [file for file in folder.iterdir() if file.name.endswith(".sql")]
    return [
        Question(file.name.removesuffix(".sql"), file.read_text(encoding="utf-8"))
        for file in sorted(found, key=lambda file: file.name)
    ]


def question_called(name: str) -> Question:
    """Find a question. Raises `RefusedError` that names the nearest when there is none."""
    known = {question.name: question for question in questions()}
    if name not in known:
        raise RefusedError(
            f"there is no question {name}{nearest(name, known)}: `doelenboom ask` lists all"
        )
    return known[name]


def values_for(
    question: Question,
    given: Mapping[str, Sequence[str]],
    *,
    database: Path,
    resources: DuckDBResources,
) -> dict[str, Value]:
    """Give each parameter its value: names as codes, what is not given as the question says.

    Raises `RefusedError` for a name that is none.
    """
    values: dict[str, Value] = {}
    with opened(database, resources) as connection:
        for name, default in question.parameters.items():
            words = given.get(name, [] if default in (NEEDED, *OPEN) else [default])
            kind = KINDS.get(name)
            codes = [
                code_of(connection, kind, word) if kind else word for word in dict.fromkeys(words)
            ]
            values[name] = _value(name, codes)
    return values


def without_rows(
    question: Question,
    values: Mapping[str, Value],
    *,
    database: Path,
    resources: DuckDBResources,
) -> list[str]:
    """Name the municipalities that were asked for and have no row in the answer."""
    if not isinstance(values.get("municipality"), list):
        return []
    sql = (
        "select municipality_name from marts.dim_municipality_current"
        " where list_contains($municipality, municipality_code) and municipality_name not in"
        f" (select municipality_name from (\n{question.sql}\n)) order by municipality_name"
    )
    with opened(database, resources) as connection:
        return [name for (name,) in connection.execute(sql, dict(values)).fetchall()]


def _value(name: str, codes: list[str]) -> Value:
    """Make of the codes of a parameter what its query takes: a list, a number, a text or null."""
    if not codes:
        return None
    if name == "municipality":
        return codes
    return int(codes[0]) if name == "year" else codes[0]


def _literal(value: Value) -> str:
    match value:
        case None:
            return "null"
        case list():
            return f"[{', '.join(map(sql_text, value))}]"
        case int():
            return str(value)
        case str():
            return sql_text(value)
