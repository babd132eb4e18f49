"""Municipalities by code, number or name, in a year."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from doelenboom.codes import reference_rows
from doelenboom.sources.accounts.package import read_known_municipalities
from doelenboom.sources.accounts.rules import Periods, existed
from doelenboom.sources.inbox.tables.kinds import plain

_PREFIX = "GM"
_DIGITS = 4


@dataclass(frozen=True)
class Municipalities:
    """The codes that there are, with their periods, and the codes of each name."""

    periods: Mapping[str, Periods]
    names: Mapping[str, frozenset[str]]

    def code(self, text: str, year: str) -> str:
        """Give the code that a text means, in the year where it means several; else nothing."""
        number = text.removeprefix(_PREFIX)
        if number.isascii() and number.isdigit():
            found = frozenset({f"{_PREFIX}{number.zfill(_DIGITS)}"})
        else:
            found = self.names.get(plain(text), frozenset())
        if len(found) > 1 and year.isascii() and year.isdigit():
            found = frozenset(c for c in found if existed(self.periods.get(c, ()), int(year)))
        return next(iter(found)) if len(found) == 1 else ""


@cache
def read_municipalities(reference: Path) -> Municipalities:
    """Read the municipalities of seeds/reference/ and their other names, once per process."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in reference_rows("municipalities", reference):
        names[plain(row["municipality_name"])].add(row["municipality_code"])
    for row in reference_rows("municipality_aliases", reference):
        names[plain(row["also_called"])].add(row["municipality_code"])
    return Municipalities(
        read_known_municipalities(reference / "municipalities.csv"),
        {name: frozenset(codes) for name, codes in names.items()},
    )
