"""The accounts in force as files: a copy of the seeds in which what was accepted has its place.

Three lists stand beside it: where each row comes from that does not stand on the same line of the
same seed, who accepted which document of a programme, and which documents have rows of no
programme. Without deliveries the copy is the seeds, byte for byte.
"""

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from doelenboom import page_lines
from doelenboom.raw.accounts import AccountsInForce
from doelenboom.raw.vintages import DOCUMENTS, PROGRAMME
from doelenboom.sources.accounts.tables import FIRST_ROW
from doelenboom.storage.files import replace_text

_ORIGINS = "accounts_origins.csv"
_ORIGIN_COLUMNS = ("file_name", "file_line", "seed_path", "seed_line", "source_cell", "delivery")
_ACCEPTANCES = "accounts_acceptances.csv"
_ACCEPTANCE_COLUMNS = (
    *(*PROGRAMME, "name"),
    *("review_status", "accepted_by", "accepted_on", "contradictions", "page_lines"),
)
_OWN_DOCUMENTS = "own_documents.csv"
_OWN_DOCUMENT_COLUMNS = (
    *("municipality_code", "fiscal_year", "name"),
    *("sha256", "line_count", "accepted_by", "accepted_on"),
)
_STATUS = {"chapter": "accepted", "tables": "delivered"}


def write_in_force(accounts: AccountsInForce, seeds: Path, folder: Path) -> None:
    """Write the accounts in force below a folder, as they lie in `seeds`. Raises OSError."""
    for table in accounts.tables.values():
        place = Path(table.shape.folder, f"{table.shape.name}.csv")
        target = folder / place
        if any(row.delivery for row in table.rows):
            replace_text(target, _csv(table.columns, (row.cells for row in table.rows)))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(seeds / place, target)
    reference = folder / "reference"
    replace_text(reference / _ORIGINS, _csv(_ORIGIN_COLUMNS, _origins(accounts)))
    replace_text(reference / _ACCEPTANCES, _csv(_ACCEPTANCE_COLUMNS, _acceptances(accounts)))
    own = dict.fromkeys(_own_documents(accounts))
    replace_text(reference / _OWN_DOCUMENTS, _csv(_OWN_DOCUMENT_COLUMNS, own))


def _origins(accounts: AccountsInForce) -> Iterator[tuple[str, ...]]:
    for table in accounts.tables.values():
        for line, row in enumerate(table.rows, FIRST_ROW):
            if row.delivery or row.line != line:
                place = (row.path, str(row.line), row.cell, row.delivery)
                yield table.shape.name, str(line), *place


def _acceptances(accounts: AccountsInForce) -> Iterator[tuple[str, ...]]:
    by_id = {kept.delivery_id: kept.manifest for kept in accounts.deliveries}
    documents = accounts.tables[DOCUMENTS]
    for row in documents.rows:
        manifest = by_id.get(row.delivery)
        if manifest is not None:
            name = row.cells[documents.columns.index("name")]
            accepted = manifest.acceptance
            yield (
                *documents.shape.block(row.cells),
                name,
                _STATUS[manifest.kind],
                accepted.by,
                accepted.on,
                "; ".join(accepted.named),
                page_lines.written(manifest.pages),
            )


def _own_documents(accounts: AccountsInForce) -> Iterator[tuple[str, ...]]:
    by_id = {kept.delivery_id: kept.manifest for kept in accounts.deliveries}
    for table in accounts.tables.values():
        for row in table.rows if not table.shape.is_of_programmes else ():
            manifest = by_id.get(row.delivery)
            if manifest is not None:
                code, year = (table.columns.index(name) for name in PROGRAMME[:2])
                yield (
                    row.cells[code],
                    row.cells[year],
                    manifest.document,
                    manifest.sha256,
                    str(manifest.line_count),
                    manifest.acceptance.by,
                    manifest.acceptance.on,
                )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
