"""The accounts that a night builds from: the seeds, with what was accepted in its place."""

import csv
from collections.abc import Container, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from doelenboom.errors import LONGEST_SENTENCE, in_one_line
from doelenboom.landing.accepted import (
    FOLDER,
    MANIFEST,
    KeptDelivery,
    Mark,
    counted_deliveries,
    counted_files,
    mark,
)
from doelenboom.landing.reviews import judgement_files
from doelenboom.publication.reading.releases import current_release
from doelenboom.settings import Settings

if TYPE_CHECKING:
    from doelenboom.raw.accounts import AccountsInForce


MOST_ALONE = 5
"""So many deliveries are suspected one by one: for each, all is built again."""


def refresh_accounts(settings: Settings, without: Container[str] = ()) -> "AccountsInForce":
    """Write the accounts in force to `raw/in_force`, and return them.

    `without` names deliveries that do not count this time.

    Raises RefusedError for a delivery that is not as it was kept, OSError for a full disk.
    """
    from doelenboom.raw.accounts import accounts_in_force
    from doelenboom.raw.in_force import write_in_force

    seeds = settings.project_dir / "seeds"
    counted = counted_deliveries(settings.landing_dir)
    found = accounts_in_force(seeds, [kept for kept in counted if kept.delivery_id not in without])
    write_in_force(found, seeds, settings.in_force_dir)
    return found


def prepare_accounts(settings: Settings) -> None:
    """Write the accounts in force where no night has yet, so that they can be read."""
    if not (settings.in_force_dir / "accounts").is_dir():
        refresh_accounts(settings)


def fed_files(settings: Settings) -> list[Path]:
    """List the files below the data folder that say what was accepted, and what was judged."""
    return [*counted_files(settings.landing_dir), *judgement_files(settings.landing_dir)]


def suspects(settings: Settings, reason: str = "", cleared: Container[str] = ()) -> list[list[str]]:
    """List groups of deliveries by which a night may have failed, the likeliest first.

    They are those that no release was made from yet, but the `cleared` ones: those whose document
    the reason names, those with rows of the municipality and year that it names, the newest of
    them one by one and then together, then all.
    """
    release = current_release(settings.published, settings.releases_dir)
    built_from = {file.path for file in release.inputs} if release else set()
    new = [
        kept
        for kept in counted_deliveries(settings.landing_dir)
        if kept.delivery_id not in cleared
        and f"landing/{FOLDER}/{kept.delivery_id}/{MANIFEST}" not in built_from
    ]
    keyed = [kept.delivery_id for kept in new if any(key in reason for key in _keys(kept))]
    groups = [
        [kept.delivery_id for kept in new if kept.manifest.document in reason],
        *([delivery] for delivery in reversed(keyed[-MOST_ALONE:])),
        keyed,
        [kept.delivery_id for kept in new],
    ]
    return [group for n, group in enumerate(groups) if group and group not in groups[:n]]


def _keys(kept: KeptDelivery) -> set[str]:
    """Write the municipalities and years of its rows, as a sentence about a row names them."""
    found = set()
    for table in kept.manifest.tables:
        with kept.csv_path(table.name).open(encoding="utf-8", newline="") as file:
            found |= {
                f"municipality_code={row['municipality_code']}, fiscal_year={row['fiscal_year']}"
                for row in csv.DictReader(file)
                if "fiscal_year" in row
            }
    return found


def set_aside(settings: Settings, reasons: Mapping[str, str]) -> list[str]:
    """Let deliveries count no more because a night could not be built with them; name their files.

    `reasons` has a sentence for each, by its id. Raises OSError when that cannot be written.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    named = []
    for kept in counted_deliveries(settings.landing_dir):
        if reason := reasons.get(kept.delivery_id):
            mark(kept, Mark("refused", now, in_one_line(reason, LONGEST_SENTENCE)))
            named.append(kept.manifest.name)
    return named
