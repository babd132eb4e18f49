"""The record of promotions, written: prepared beside the present one, then put in its place.

Lines are added and never changed. The file is replaced whole, so no line is ever half there.
How a line is read stands in `reading.promotions`.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from doelenboom.publication.reading.history import promotions
from doelenboom.publication.reading.promotions import RECORD_NAME, Promotion, read_record
from doelenboom.publication.release_times import utc_text
from doelenboom.storage.files import naming, refusing, sync


def prepare_record(published_dir: Path, known: Iterable[Promotion]) -> Path:
    """Write a record beside the present one, on disk and whole, for `put_in_place`.

    What can go wrong with writing goes wrong here. Raises `OSError`.
    """
    prepared = prepared_path(published_dir)
    with naming(prepared):
        prepared.write_text("".join(map(_line, known)), encoding="utf-8")
    sync(prepared)
    return prepared


def put_in_place(prepared: Path) -> None:
    """Give a prepared record its name, in one step. Raises `OSError`."""
    os.replace(prepared, prepared.with_name(RECORD_NAME))
    sync(prepared.parent)


def prepared_path(published_dir: Path) -> Path:
    """Say where a record is prepared; nothing is left there but by a crash."""
    return published_dir / f".{RECORD_NAME}.preparing"


def complete_record(published_dir: Path) -> None:
    """Record the promotion that a crash left unrecorded; nothing to do in all other cases.

    Raises RefusedError when the record is damaged or cannot be written.
    """
    known = promotions(published_dir)
    if len(known) > len(read_record(published_dir)):
        with refusing(f"The promotion of {known[-1].release_id} cannot be recorded"):
            put_in_place(prepare_record(published_dir, known))


def _line(promotion: Promotion) -> str:
    row = {
        "release_id": promotion.release_id,
        "promoted": utc_text(promotion.promoted),
        "content_hash": promotion.content_hash,
        "origin": promotion.origin,
    }
    return json.dumps(row) + "\n"
