"""No text makes a regular expression of ours slow: each is linear by its form and its use.

Those of the extraction have a door of their own, and stand in its `test_patterns.py`. What SQL
matches, DuckDB does with RE2, which never goes back.
"""

import ast
import importlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts import extraction, rules
from doelenboom.sources.cbs.datasets import DATASETS
from tests.unit.sources.accounts.extraction.words.matching_time import steps_in_vain

ROOTS = {"doelenboom": PROJECT_DIR / "src", "orchestration": PROJECT_DIR}
DOOR = Path(str(extraction.__file__)).parent
MATCHED = {
    "doelenboom.sources.accounts.rules: spelling",
    "doelenboom.sources.bundled.cells: limits['pattern']",
    "doelenboom.sources.cbs.catalog: dataset.title",
    "doelenboom.sources.cbs.declaring: title",
}
"""Where a whole text is matched with what stands in a declaration: see `declared`."""

ANCHORED = {"match", "fullmatch"}
MATCHING = ANCHORED | {"search", "sub", "subn", "split", "findall", "finditer"}
LENGTH = 1_000
MOST_STEPS = 100_000
"""Steps that a character may cost at the very most; few patterns come near it."""


@dataclass(frozen=True)
class Use:
    """A pattern, and whether it is tried from the beginning of a text alone."""

    where: str
    source: str
    flags: int
    anchored: bool

    def __str__(self) -> str:
        return f"{self.where}: {self.source!r}, {'beginning' if self.anchored else 'anywhere'}"


def _modules() -> dict[str, list[ast.AST]]:
    """Give the nodes of each module in which something may be matched."""
    texts = {
        ".".join(path.relative_to(root).with_suffix("").parts): path.read_text("utf-8")
        for name, root in ROOTS.items()
        for path in sorted((root / name).rglob("*.py"))
        if DOOR not in path.parents
    }
    asked = ("re.", "import re", "from re", *(f".{method}" for method in MATCHING))
    return {
        module: list(ast.walk(ast.parse(text)))
        for module, text in texts.items()
        if any(word in text for word in asked)
    }


MODULES = _modules()


def _calls(nodes: list[ast.AST]) -> Iterator[tuple[ast.Call, str]]:
    """Yield what is called of `re`, but that which makes a text no pattern."""
    for node in nodes:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name)):
                if name != "escape":
                    yield node, name


def _methods() -> dict[str, set[str]]:
    """Give what is done with each name, in any module: `search`, `fullmatch`."""
    done: dict[str, set[str]] = defaultdict(set)
    for nodes in MODULES.values():
        for node in nodes:
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=method):
                    done[name].add(method)
    return done


def _names(nodes: list[ast.AST]) -> dict[ast.expr, str]:
    """Give the name of what is compiled, or the method of it that is taken at once."""
    names: dict[ast.expr, str] = {}
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[value] = name
            case ast.Attribute(value=ast.Call() as value, attr=method) if method in ANCHORED:
                names[value] = method
    return names


def _uses() -> Iterator[Use | str]:
    """Yield every use; what is put together while the program runs by its expression."""
    methods = _methods()
    for module, nodes in MODULES.items():
        names = _names(nodes)
        for call, function in _calls(nodes):
            name = names.get(call, function)
            done = methods[name] & MATCHING if function == "compile" else {function}
            anchored = (bool(done) and done <= ANCHORED) or name in ANCHORED
            flags = call.args[1:] if function == "compile" else []
            place = vars(importlib.import_module(module))
            try:
                source, *given = (_value(argument, place) for argument in (call.args[0], *flags))
            except NameError:
                yield f"{module}: {ast.unparse(call.args[0])}"
                continue
            begins = source.startswith("^") and "|" not in source
            yield Use(f"{module}.{name}", source, sum(given), anchored or begins)


def _value(expression: ast.expr, place: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(expression), "pattern", "eval"), place)


def declared() -> Iterator[Use]:
    """Yield the patterns of declarations, each of a whole text."""
    for dataset in DATASETS:
        for title in _values(asdict(dataset), "title", "title_of_code", "group"):
            yield Use(f"title of {dataset.name}", title, re.IGNORECASE, anchored=True)
    for spelling in rules._SPELLINGS.values():
        yield Use("spelling", spelling.replace("%d", "6"), 0, anchored=True)
    for path in sorted((PROJECT_DIR / "seeds").rglob("datapackage.json")):
        for pattern in _values(json.loads(path.read_text("utf-8")), "pattern"):
            yield Use(f"{path.parent.name}/{path.name}", pattern, 0, anchored=True)


def _values(document: object, *names: str) -> Iterator[str]:
    """Yield the texts of members of these names, however deep."""
    if isinstance(document, dict):
        yield from (document[name] for name in names if isinstance(document.get(name), str))
        document = list(document.values())
    if isinstance(document, list | tuple):
        for each in document:
            yield from _values(each, *names)


FOUND = list(_uses())
USES = sorted({*(use for use in FOUND if isinstance(use, Use)), *declared()}, key=str)


def _is_linear(use: Use) -> bool:
    """Say whether steps grow with the text: from its beginning, or from each place a number."""
    pattern = re.compile(use.source, use.flags)
    once, twice = (steps_in_vain(pattern, length) for length in (LENGTH, 2 * LENGTH))
    if use.anchored:
        return twice <= 2 * once and once <= MOST_STEPS * LENGTH
    return twice == once <= MOST_STEPS


@pytest.mark.parametrize("use", USES, ids=str)
def test_a_pattern_is_linear_by_its_form(use: Use) -> None:
    assert _is_linear(use)


def test_no_pattern_is_missed() -> None:
    assert len(USES) > 70
    assert {use for use in FOUND if isinstance(use, str)} == MATCHED
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else alias.name
        for nodes in MODULES.values()
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.asname or isinstance(node, ast.ImportFrom)
    }
    assert not imported & {"re", "regex"}  # under no other name, and no other engine


@pytest.mark.parametrize("source", [r"(a+)+b", r"\s*:", r".*x.*y", r"'[^']*'"])
def test_what_is_not_linear_anywhere_is_found_by_its_form(source: str) -> None:
    assert not _is_linear(Use("here", source, 0, anchored=False))
