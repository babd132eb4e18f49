"""A delivery taken back: it stays in the store, marked, and counts no more."""

from datetime import UTC, datetime

from doelenboom.errors import RefusedError, nearest
from doelenboom.landing.accepted import KeptDelivery, Mark, counted_deliveries, mark
from doelenboom.settings import Settings


def withdraw(
    settings: Settings, name: str, reason: str
) -> tuple[KeptDelivery, KeptDelivery | None]:
    """Take the newest delivery of a file back; return it, and an earlier one that counts again.

    `name` is that of the file below the inbox, or the end of it that no other has. The caller
    writes alone. Raises RefusedError when no delivery that counts has that name, or several files
    do.
    """
    counted = counted_deliveries(settings.landing_dir)
    wanted = name.removeprefix("inbox/").removeprefix("accepted/").strip("/")
    names = list(dict.fromkeys(kept.manifest.name for kept in counted))
    found = [each for each in names if each == wanted]
    found = found or [each for each in names if each.endswith(f"/{wanted}")]
    if not found:
        raise RefusedError(f"nothing counts that was delivered as {name}{nearest(wanted, names)}")
    if len(found) > 1:
        raise RefusedError(f"{name} is the name of {len(found)} files: {', '.join(found)}")
    vintages = [kept for kept in counted if kept.manifest.name == found[0]]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    mark(vintages[-1], Mark("withdrawn", now, reason))
    return vintages[-1], vintages[-2] if len(vintages) > 1 else None
