"""The words of readers: what each term is called in Dutch and what it means, as models/_docs/ says.

The one home of what dbt shows too. Read once per process.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).resolve().parents[2] / "models" / "_docs"

_BEGIN, _END = "{% docs ", "{% enddocs %}"


class Term(NamedTuple):
    """What a column is called in Dutch, and what it holds, in English."""

    label: str
    meaning: str


def term(name: str) -> Term:
    """Give the term that models/_docs/ has under a name. Raises `KeyError` where it has none."""
    return _terms(DOCS)[name]


@cache
def _terms(docs: Path) -> Mapping[str, Term]:
    terms: dict[str, Term] = {}
    for path in sorted(docs.glob("*.md")):
        for block in path.read_text(encoding="utf-8").split(_BEGIN)[1:]:
            name, _, text = block.partition(" %}")
            said = text.partition(_END)[0]
            terms[name] = Term(*split_comment(" ".join(said.split())))
    return terms


def split_comment(comment: str | None) -> tuple[str, str]:
    """Split `<Dutch label>. <English description>` at the first full stop before a capital.

    A comment without one is all label; no comment is two empty texts.
    """
    text = comment or ""
    for match in re.finditer(r"\. ", text):
        if text[match.end() : match.end() + 1].isupper():
            return text[: match.start()], text[match.end() :]
    return text, ""
