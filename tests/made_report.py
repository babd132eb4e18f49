"""A report of a night in which everything happened that a report can tell, with hostile names."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from dashboard.changes import Changes
from dashboard.night_report import Checks, NightReport
from doelenboom.nights import NIGHT, SOURCES, Incident, Night
from doelenboom.publication.lineage.diff import Difference, ReleaseComparison, TableChange
from doelenboom.publication.manifest import Release

BEGAN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, and an hour later again
ENDED = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
OLD, NEW = "20261024T021500Z-aaaaaaaa", "20261025T012900Z-bbbbbbbb"
HOSTILE = "inbox/<script>alert(1)</script>\u202e.xlsx"
KEY = "municipality_code=GM0153 name=Zorg & 'welzijn' fiscal_year=2018"

FALLEN = Decimal("-13166.25")


def release(release_id: str) -> Release:
    return Release(
        *(release_id, Path("/nowhere"), date(2026, 10, 24), "f", None, {}, (), ()),
        content_hash="c",
        database_sha256="d",
        parquet_sha256={},
    )


def row(subject: str, kind: str) -> dict[str, Any]:
    return {
        **{"check_name": "a_check", "subject": subject, "kind": kind, "status": "fail"},
        **{"observed": "1 row", "explanation": "Gecontroleerd is of het klopt. Het klopt niet."},
    }


def changes() -> Changes:
    tables = (
        TableChange(
            *("spending", 1200, 0, 3, "", FALLEN, "amount_keur"),
            causes=("seeds/accounts/spending.csv",),
        ),
    )
    differences = (
        Difference(
            "spending", KEY, "amount_keur", "changed", "13166.25", "0", Decimal("-13166.25")
        ),
        Difference("spending", KEY, None, "added", None, None),
    )
    return Changes(
        ReleaseComparison((), None, tables, differences, 7), {"large": (1_000_000, 1_234_567)}
    )


def full_report() -> NightReport:
    known = {SOURCES: Incident(datetime(2026, 10, 20, 2, 15, tzinfo=UTC), "cbs iv3: last asked")}
    return NightReport(
        Night(BEGAN, incidents=known, release=OLD),
        Night(ENDED, ENDED, {NIGHT: Incident(BEGAN, "seed <a> is refused.")}, NEW),
        release(OLD),
        release(NEW),
        changes(),
        (
            Checks("Tegenspraak", False, *(2 * ((row("a sum", "reconciliation"),),)), over=()),
            Checks("Wat is aangeleverd", True, *(2 * ((row(HOSTILE, "inbox"),),)), over=()),
            Checks("Andere controles", True, (), (), (row("marts.old", "dbt"),)),
        ),
        {"spending": "Lasten"},
    )
