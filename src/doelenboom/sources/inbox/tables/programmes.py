"""The number of a programme, which may have its name behind it: `2.1 Maatschappelijke …`."""

import re

from doelenboom.sources.inbox.tables.cells import CellFaultError

_CODE = re.compile(
    r"(?:programma )?(?P<code>[0-9]{1,3}(?:[.][0-9]{1,3}){0,3}[a-z]?)(?![\w.])", re.I
)


def code_of_programme(text: str) -> str:
    """Give the number that a text begins with. Raises `CellFaultError` where it has none."""
    match = _CODE.match(text)
    if match is None:
        raise CellFaultError("no_programme")
    return match["code"]
