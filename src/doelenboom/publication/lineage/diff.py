"""What changed between two releases: rows by their key, and the cells of rows that both have.

Reads the two sealed databases and formats nothing; why something changed is for `causes`. Where a
figure came from (`source_table`, `inhabitants_source`, ...) changes with every delivery and is left
out unless it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from doelenboom.errors import RefusedError
from doelenboom.publication.content import TableContent
from doelenboom.publication.lineage.causes import (
    InputChange,
    causes_of,
    changed_inputs,
    why_without_inputs,
)
from doelenboom.publication.lineage.pairs import TablePair, open_pair
from doelenboom.publication.manifest import Release
from doelenboom.storage.files import refusing
from doelenboom.storage.resources import DuckDBResources


@dataclass(frozen=True)
class TableChange:
    """How many rows of a table came, went and changed; `note` says what else differs.

    `largest` is the difference of the numeric cell that changed most, new less old, in the
    unit of its column `largest_in`; `causes` names the changed inputs that the table is built
    from, or says that there are none, or that none are recorded.
    """

    table: str
    added: int
    removed: int
    changed: int
    note: str = ""
    largest: Decimal | None = None
    largest_in: str | None = None
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One row that came or went, or one cell that changed: `column` and both values as text.

    `row_key` is the key as `column=value` pairs, as `trace` takes them; `difference` is new less
    old, exact, where both are numbers.
    """

    table: str
    row_key: str
    column: str | None
    change: str
    old: str | None
    new: str | None
    difference: Decimal | None = None


@dataclass(frozen=True)
class ReleaseComparison:
    """The inputs and tables that differ, and the first differences; `more` are not listed.

    `why` says why there is a later release where no input differs.
    """

    inputs: tuple[InputChange, ...]
    why: str | None
    tables: tuple[TableChange, ...]
    differences: tuple[Difference, ...]
    more: int


def compare_releases(
    old: Release,
    new: Release,
    *,
    tables: Sequence[str] = (),
    sources: bool = False,
    limit: int,
    resources: DuckDBResources,
) -> ReleaseComparison:
    """Compare two releases, or some of their tables, and list at most `limit` differences.

    Differences stand by table, first the numbers that changed, the largest first, then all else
    in key order. `sources` compares also the columns that say where a figure came from. Tables
    with the same content hash are not read. Raises RefusedError for a table that neither has.
    """
    hashes = [{content.name: content for content in r.tables} for r in (old, new)]
    names = sorted({*hashes[0], *hashes[1]})
    for name in tables:
        if name not in names:
            raise RefusedError(f"neither {old.release_id} nor {new.release_id} has a table {name}")
    inputs = changed_inputs(old, new)
    changes: list[TableChange] = []
    differences: list[Difference] = []
    total = 0
    with refusing("The releases cannot be compared"), open_pair(old, new, resources) as both:
        for name in [name for name in names if not tables or name in tables]:
            before, after = hashes[0].get(name), hashes[1].get(name)
            change = _whole_table(before, after)
            if change is None and before != after:
                pair = both.table(name, new.key_of(name), sources)
                found, count = _differences(pair, limit - len(differences))
                change = _change(pair, found)
                differences += found[: max(limit - len(differences), 0)]
                total += count
            if change is not None:
                causes = causes_of(name, old, new, inputs)
                changes.append(replace(change, causes=causes))
    why = None if inputs else why_without_inputs(old, new)
    more = total - len(differences)
    return ReleaseComparison(inputs, why, tuple(changes), tuple(differences), more)


def _whole_table(before: TableContent | None, after: TableContent | None) -> TableChange | None:
    """Tell of a table that came, went or has another key; None for one to compare by rows."""
    if after is None and before is not None:
        return TableChange(before.name, 0, before.rows, 0, "the table is gone")
    if before is None and after is not None:
        return TableChange(after.name, after.rows, 0, 0, "the table is new")
    if before and after and before.key != after.key:
        note = f"the key was {', '.join(before.key)} and is {', '.join(after.key)}"
        return TableChange(after.name, after.rows, before.rows, 0, note)
    return None


def _change(pair: TablePair, first: Sequence[Difference]) -> TableChange:
    """Count rows that came, went and changed; `first` begins with the largest difference."""
    added, removed, changed = pair.counts()
    any_row = added or removed or changed
    note = pair.note or ("" if any_row else "only where figures came from")
    counted = TableChange(pair.name, added, removed, changed, note)
    if not first or first[0].difference is None:
        return counted
    return replace(counted, largest=first[0].difference, largest_in=first[0].column)


def _differences(pair: TablePair, limit: int) -> tuple[list[Difference], int]:
    """List the first differences, at least one, and say how many there are in all."""
    rows = pair.connection.execute(
        f"""
        select row_key, cell.name, change, cell.old, cell.new, count(*) over ()
        from ({pair.differing()})
        order by abs(cell.size) desc nulls last, place, cell.name
        limit {max(limit, 1)}
        """
    ).fetchall()
    found = [
        Difference(pair.name, key, column, change, old, new, _difference(pair, column, old, new))
        for key, column, change, old, new, _ in rows
    ]
    return found, rows[0][5] if rows else 0


def _difference(
    pair: TablePair, column: str | None, old: str | None, new: str | None
) -> Decimal | None:
    """New less old, with every digit, where both are finite numbers."""
    if column not in pair.numbers or old is None or new is None:
        return None
    difference = Decimal(new) - Decimal(old)
    return difference if difference.is_finite() else None
