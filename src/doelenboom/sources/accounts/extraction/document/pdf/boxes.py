"""Tables in a box: rules that stand divide columns, rules that lie divide rows."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.document.pdf.letters import UNKNOWN, Piece, Rule
from doelenboom.sources.accounts.extraction.document.pdf.printed import (
    NEAR,
    Printed,
    is_amount,
    made_row,
    merged,
    rows_by_distance,
)
from doelenboom.sources.accounts.extraction.words.texts import joined


def is_boxed(line: Printed) -> bool:
    """Say whether a line stands between two rules."""
    walls = line.walls
    return (
        len(walls) > 1 and walls[0] <= line.pieces[0].x0 + 1 and walls[-1] >= line.pieces[-1].x1 - 1
    )


def boxed_table(lines: Sequence[Printed], place: int) -> tuple[list[Line], int]:
    """Read the table in a box that begins on a line; it may go on at the top of the next page."""
    end = place
    while end < len(lines) and is_boxed(lines[end]):
        if end > place and not _are_in_one_box(lines[end - 1], lines[end]):
            break
        end += 1
    block = lines[place:end]
    walls = merged(wall for line in block for wall in line.walls)
    groups = _between_rules(block, walls)
    if len(groups) < 2 or len(walls) < 3:  # noqa: PLR2004
        return [], place + 1
    rows = []
    for group in groups:
        cells = [""] * (len(walls) - 1)
        for line in group:
            own = line.walls
            for piece in line.pieces:
                left = max((wall for wall in own if wall <= piece.x0 + NEAR), default=walls[0])
                at = sum(wall <= left + NEAR for wall in walls[1:-1])
                text = UNKNOWN + piece.text if _crosses(piece, own) else piece.text
                cells[at] = joined(cells[at], text) if cells[at] else text
        rows.append(made_row(group[0].number, cells))
    return rows, end


def _crosses(piece: Piece, walls: Sequence[float]) -> bool:
    """Say whether an amount stands in two cells, and so may be of either."""
    crossed = any(piece.x0 + NEAR < wall < piece.x1 - NEAR for wall in walls)
    return crossed and is_amount(piece)


def _are_in_one_box(above: Printed, below: Printed) -> bool:
    """Say whether a rule stands beside two lines and between them, or a page ends there."""
    if above.page is not below.page:
        ours, theirs = above.walls, below.walls
        return abs(ours[0] - theirs[0]) <= NEAR and abs(ours[-1] - theirs[-1]) <= NEAR
    middle = (above.bottom + below.top) / 2
    return any(rule.start - 1 <= middle <= rule.end + 1 for rule in above.page.standing)


def _between_rules(block: Sequence[Printed], walls: Sequence[float]) -> list[list[Printed]]:
    """Group lines in rows: those between two rules, unless these leave several rows together."""
    groups: list[list[Printed]] = []
    for line in block:
        before = groups[-1][-1] if groups else None
        if before and before.page is line.page and not _divided(before, line, walls):
            groups[-1].append(line)
        else:
            groups.append([line])
    if all(sum(line.has_figures for line in group) < 2 for group in groups):  # noqa: PLR2004
        return groups
    return rows_by_distance(block)


def _divided(above: Printed, below: Printed, walls: Sequence[float]) -> bool:
    """Say whether rules lie between two lines: where both have a text, else along most of it."""
    between = [
        rule
        for rule in above.page.lying
        if above.middle < rule.at < below.middle
        and rule.end >= walls[0] - 1
        and rule.start <= walls[-1] + 1
    ]
    both = [
        (piece, other)
        for piece in above.pieces
        for other in below.pieces
        if _cell(piece.x0, walls) == _cell(other.x0, walls)
    ]
    if both:
        return any(
            rule.start <= max(piece.x0, other.x0) + NEAR and rule.end >= min(piece.x1, other.x1)
            for piece, other in both
            for rule in between
        )
    return _covered(between) > 0.5 * (walls[-1] - walls[0])


def _cell(x: float, walls: Sequence[float]) -> int:
    """Count the walls before a place."""
    return sum(wall <= x + NEAR for wall in walls)


def _covered(rules: Sequence[Rule]) -> float:
    """Return along how much some rules lie, each place counted once."""
    total, reached = 0.0, float("-inf")
    for rule in sorted(rules, key=lambda rule: rule.start):
        total += max(0.0, rule.end - max(rule.start, reached))
        reached = max(reached, rule.end)
    return total
