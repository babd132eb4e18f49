"""Any file of tables is read as it stands or refused row by row, whatever was done to its bytes."""

from dataclasses import dataclass

from hypothesis import strategies as st

from doelenboom.sources.inbox.delivered import Delivery
from tests.fuzz.changes import Change, changed_bytes, changes
from tests.fuzz.conftest import Fuzz
from tests.fuzz.sentences import refuse_no_sentence
from tests.unit.sources.inbox.dirty_files import GOOD, TYPED
from tests.unit.sources.inbox.dropped import COSTS, read, workbook

TABLE = (
    COSTS
    + "Enschede;2018;2.1;Wmo;lasten;1.100;900;200\n"
    + "Enschede;2018;2.1;Jeugd;lasten;2.000,5;2.100;-99,5\n"
    + "Enschede;2018;2.1;Totaal programma;lasten;3.100,5;3.000;100,5\n"
)
FILES = (
    GOOD.encode(),
    GOOD.encode("utf-16"),
    TABLE.encode("cp1252"),
    TABLE.replace(",5", ".5").replace("1.100", "1100").replace(";", ",").encode(),
    workbook({"Blad1": TYPED}),
)
PUT = (
    *(";", ",", "\t", "\n", "\r", '"', '""', "\0", "\ufeff", "=", "-", ".", "0", "%", "(", "€"),
    *("x € 1.000", "in euro", "=cmd|' /C calc'!A0", "1e9", "NaN", "ja", "lasten", "9" * 400),
    *("x" * 3_000, "Totaal", "Enschede", "GM9999", "<f>1+1</f>", "</row>", "PK\x03\x04"),
)


@dataclass(frozen=True)
class Dropped:
    """One of the files by its number, and changes of it."""

    file: int
    made: tuple[Change, ...]


DROPPED = st.builds(Dropped, st.integers(0, len(FILES) - 1), changes(PUT, most=4).map(tuple))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter in "123456789")


def _check(dropped: Dropped) -> str:
    data = changed_bytes(FILES[dropped.file], dropped.made)
    delivery = read(data, "iets.csv")
    for refused in delivery.refused:
        refuse_no_sentence(refused.rule)
        refuse_no_sentence(refused.expected)
        assert f"{refused.sheet}{refused.column}{refused.value}".isprintable()
    if not data.startswith(b"PK"):
        _hold_to_text(delivery, data)
    return "taken" if delivery.tables else "refused"


def _hold_to_text(delivery: Delivery, data: bytes) -> None:
    """Fail where a figure is taken whose digits stand nowhere in the file."""
    text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8", "replace")
    given = _digits(text)
    for table in delivery.tables:
        for row in table.rows:
            for column in ("score", "target", "final_budget_keur", "actual_keur", "variance_keur"):
                assert _digits(row.get(column, "")) in given, (column, row)


def test_any_file_of_tables_is_read_as_it_stands_or_refused(fuzz: Fuzz[Dropped]) -> None:
    fuzz(DROPPED, _check, [Dropped(file, ()) for file in range(len(FILES))])
