"""Whether a delivery may stand beside the one before it: nothing that shrank passes unseen."""

from collections.abc import Sequence

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import Delivery, LandedPart


def refuse_shrunken(
    table: str,
    parts: Sequence[LandedPart],
    main: str,
    earlier: Delivery | None,
    largest_drop: float,
) -> None:
    """Refuse parts that hold clearly less than the earlier delivery of the same table.

    `main` is the part that must have rows in any case; `largest_drop` the share of rows that any
    part may have fewer. Raises RefusedError naming table, part and both counts.
    """
    found = {part.name: part for part in parts}
    if main not in found or not found[main].rows:
        raise RefusedError(f"{table}: {main} has no row; {_kept(earlier)}")
    for before in earlier.parts if earlier else ():
        if before.name not in found:
            raise RefusedError(f"{table}: {before.name} is no longer there; {_kept(earlier)}")
        _refuse_fewer_rows(table, found[before.name], before, largest_drop, earlier)
        _refuse_fewer_columns(table, found[before.name], before, earlier)


def _refuse_fewer_rows(
    table: str, now: LandedPart, before: LandedPart, largest_drop: float, earlier: Delivery | None
) -> None:
    if now.rows < before.rows * (1 - largest_drop):
        raise RefusedError(
            f"{table}: {now.name} has {now.rows} rows and had {before.rows}, expected at most"
            f" {largest_drop:.0%} fewer; {_kept(earlier)}"
        )


def _refuse_fewer_columns(
    table: str, now: LandedPart, before: LandedPart, earlier: Delivery | None
) -> None:
    lost = sorted(set(before.columns.values()) - set(now.columns.values()))
    if lost:
        raise RefusedError(f"{table}: {now.name} has lost the column {lost[0]}; {_kept(earlier)}")


def _kept(earlier: Delivery | None) -> str:
    return f"{earlier.folder.name} stays as it is" if earlier else "nothing was landed"
