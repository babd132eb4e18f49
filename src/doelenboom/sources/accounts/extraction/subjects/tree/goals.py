"""The goal tree: objectives, themes and products with what they cost and brought in.

Rows that end in `Lasten` or `Baten` and one amount, fused, with arrows between them, or in the
cells of a table. A product that stands under several themes hangs once under a node of them all.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import chain, count
from string import ascii_uppercase

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.subjects.sections import Heading, objective_of, theme_of
from doelenboom.sources.accounts.extraction.subjects.tree.rows import PrintedRow, printed_rows
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.rows import kind_of
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed

ALIKE = 0.75
_NUMBERED = anywhere(r"(?:(?<=^)|(?<=[^\W\d])|(?<=[\s.)]))(\d{1,2})\.\s+(?=[^\W\d])")
_FUSED = anywhere(r"(?<=[a-zà-ÿ0-9).’'”\"])(?=[A-ZÀ-Þ])")


@dataclass(frozen=True)
class GoalNode:
    """One node of the tree; amounts in thousands of euro, for products only."""

    kind: str
    code: str
    name: str
    parent: str
    line: int
    expenses: Decimal | None = None
    revenue: Decimal | None = None
    revenue_line: int | None = None


def read_tree(
    lines: Sequence[Line], grids: Sequence[Grid], known: Sequence[str]
) -> tuple[list[GoalNode], list[Issue]]:
    """Return the nodes in their order, with what could not be told apart.

    `known` are names that the chapter prints elsewhere; they decide where two names are fused.
    """
    within = {n for grid in grids for n in range(grid.first_line, grid.last_line + 1)}
    free = [line for line in lines if line.number not in within]
    printed = printed_rows(free)
    if len(printed) < 2:  # noqa: PLR2004
        return [], []
    builder = _Builder(_objectives(lines), [*known, *_themes(lines)])
    for row in printed:
        builder.add(row)
    return _unique(builder.nodes, builder.issues)


def _objectives(lines: Sequence[Line]) -> list[Heading]:
    found: dict[str, Heading] = {}
    for line in lines:
        heading = objective_of(line.text)
        if heading and heading.name:
            found.setdefault(heading.code, replace(heading, line=line.number))
    return list(found.values())


def _themes(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        heading = theme_of(line.text)
        if heading:
            yield heading.name


# --- nodes ---


class _Builder:
    """Hangs each row where it belongs, below the objective and theme that were named last."""

    def __init__(self, objectives: Sequence[Heading], known: Sequence[str]) -> None:
        self.nodes: list[GoalNode] = []
        self.issues: list[Issue] = []
        self._objectives = list(objectives)
        self._known = {_key(name) for name in known if name}
        self._objective = self._parent = ""
        self._after_total = False
        self._seen: set[tuple[str, str, str]] = set()
        self._codes: dict[str, str] = {}

    def add(self, row: PrintedRow) -> None:
        total = bool(row.parts) and kind_of(row.parts[-1]).total
        self._after_total = total or (self._after_total and not any(row.parts))
        if self._after_total:
            problem = "Een totaal van de doelenboom; niet overgenomen."
            self.issues.append(Issue(row.line, "part_row", " ".join(row.parts), problem))
            return
        if row.side == "baten" and not any(row.parts):
            self._set_revenue(row)
            return
        product = self._place(row)
        if not product:
            problem = "Een bedrag zonder product in de doelenboom."
            self.issues.append(Issue(row.line, "unnamed_product", "", problem))
        elif row.side == "lasten":
            self._add("product", "", product, self._parent, row.line, expenses=row.amount)
        elif self._last_product(product):
            self._set_revenue(row)
        else:
            self._add("product", "", product, self._parent, row.line)
            self._set_revenue(row)

    def _place(self, row: PrintedRow) -> str:
        """Add the objective and themes that a row begins with, and return its product."""
        parts = list(row.parts)
        while parts and not parts[-1]:
            parts.pop()
        if not parts:
            return ""
        for n, part in enumerate(parts[:-1]):
            if part and n == 0 and not _numbered(part)[1]:
                self._set_objective(part, row.line)
            elif part:
                self._set_themes(part, row.line)
        last = parts[-1]
        before, numbered = _numbered(last)
        if not numbered:
            return last
        if before:
            self._set_objective(before, row.line)
        code, fused = numbered[-1]
        theme, product = self._divide(fused, row.line)
        self._set_numbered([*numbered[:-1], (code, theme)], row.line)
        return product

    def _set_objective(self, name: str, line: int) -> None:
        if name in self._codes:
            return
        code = _objective_code(name, self._objectives, set(self._codes.values()))
        self._codes[name] = self._objective = self._parent = code
        self._add("objective", code, name, "", line)

    def _set_themes(self, text: str, line: int) -> None:
        """Add the themes that one cell names, numbered or not, and the objective before them."""
        before, numbered = _numbered(text)
        if not numbered:
            self._add("theme", "", text, self._objective, line)
            self._parent = self._objective
            return
        if before:
            self._set_objective(before, line)
        self._set_numbered(numbered, line)

    def _set_numbered(self, themes: list[tuple[str, str]], line: int) -> None:
        for code, name in themes:
            self._add("theme", code, name, self._objective, line)
        self._parent = "|".join(code for code, _ in themes)
        if len(themes) > 1:
            names = " | ".join(name for _, name in themes)
            self._add("theme", self._parent, names, self._objective, line)

    def _divide(self, text: str, line: int) -> tuple[str, str]:
        """Divide a theme from the product fused to it; names printed elsewhere decide."""
        places = [match.start() for match in _FUSED.finditer(text)]
        known = [
            place
            for place in range(1, len(text))
            if _key(text[:place]) in self._known or _key(text[place:]) in self._known
        ]
        both = [place for place in known if place in places] or known
        if len(both) == 1 or (both and both[0] in places):
            return text[: both[0]].strip(), text[both[0] :].strip()
        if len(places) != 1:
            problem = "Waar het thema eindigt en het product begint, blijkt niet uit de tekst."
            candidates = tuple(f"{text[:p]} | {text[p:]}" for p in places)
            self.issues.append(Issue(line, "ambiguous_name", shortened(text), problem, candidates))
            return text, text
        return text[: places[0]].strip(), text[places[0] :].strip()

    def _add(
        self,
        kind: str,
        code: str,
        name: str,
        parent: str,
        line: int,
        *,
        expenses: Decimal | None = None,
    ) -> None:
        if kind == "product" or (kind, name, code) not in self._seen:
            self._seen.add((kind, name, code))
            self.nodes.append(GoalNode(kind, code, name, parent, line, expenses))

    def _last_product(self, name: str) -> bool:
        return bool(self.nodes) and self.nodes[-1].kind == "product" and self.nodes[-1].name == name

    def _set_revenue(self, row: PrintedRow) -> None:
        if self.nodes and self.nodes[-1].kind == "product" and self.nodes[-1].revenue_line is None:
            self.nodes[-1] = replace(self.nodes[-1], revenue=row.amount, revenue_line=row.line)
            return
        problem = "Baten zonder product; niet overgenomen."
        text = "" if row.amount is None else str(row.amount)
        self.issues.append(Issue(row.line, "unnamed_product", text, problem))


def _numbered(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Divide a text at `1.`, `2.`, …: what stands before, and each number with its text."""
    found = list(_NUMBERED.finditer(text))
    if not found:
        return text, []
    ends = [*(match.start() for match in found[1:]), len(text)]
    numbered = [
        (match[1], text[match.end() : end].strip()) for match, end in zip(found, ends, strict=True)
    ]
    return text[: found[0].start()].strip(), numbered


def _objective_code(name: str, headings: Sequence[Heading], used: set[str]) -> str:
    """Return the letter that the chapter gives an objective elsewhere, else the next one."""
    scores = {
        heading.code: SequenceMatcher(None, _key(name), _key(heading.name)).ratio()
        for heading in headings
        if heading.code not in used
    }
    best = max(scores, key=lambda code: scores[code], default="")
    if best and scores[best] >= ALIKE:
        return best
    letters = chain(ascii_uppercase, map(str, count(1)))
    return next(letter for letter in letters if letter not in used)


def _key(name: str) -> str:
    return squeezed(name).rstrip(".").casefold()


def _unique(nodes: list[GoalNode], issues: list[Issue]) -> tuple[list[GoalNode], list[Issue]]:
    """Tell apart nodes of one kind with one name by their parent, and say so."""
    counted: Counter[tuple[str, str]] = Counter()
    result = []
    for node in nodes:
        counted[node.kind, node.name] += 1
        times = counted[node.kind, node.name]
        if times > 1:
            problem = "Dezelfde naam komt in de doelenboom vaker voor; genummerd."
            issues.append(Issue(node.line, "same_name", node.name, problem))
        result.append(replace(node, name=f"{node.name} ({times})") if times > 1 else node)
    return result, issues
