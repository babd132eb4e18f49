"""Peer groups of a municipality's own: what a group is called, and who may be in it.

The code of a group follows from its name, so that the same name in other capitals is the same
group; it begins with `own_`, which no other group does.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from doelenboom.sources.inbox.tables.blocks import refuse_together
from doelenboom.sources.inbox.tables.drafts import Draft, Fault
from doelenboom.sources.inbox.tables.kinds import plain

NAME, CODE, MEMBER = "peer_group_name", "peer_group_code", "member_code"
GROUP = ("municipality_code", "fiscal_year", CODE)

_LONGEST = 60
_TAKEN = re.compile(
    r"(?:all|alle gemeenten|centrumgemeenten\b.*|gemeenten (?:in|met)\b.*|tien gemeenten die\b.*"
    r"|(?:size class|province|region|centre|structure|nearest)\b.*)"
)
"""How the names and codes of the groups that everybody has begin."""


def name_groups(rows: Sequence[Draft]) -> None:
    """Give each row the code of its group."""
    for row in rows:
        name = plain(row.cells[NAME])
        code = "_".join(re.findall("[a-z0-9]+", name))
        row.cells[CODE] = f"own_{row.cells['municipality_code']}_{code}" if code else ""
        if _TAKEN.fullmatch(name):
            row.faults.append(Fault("group_taken", NAME))
        elif row.cells[NAME] and not 0 < len(code) <= _LONGEST:
            row.faults.append(Fault("group_name", NAME))


def judge_groups(rows: Sequence[Draft]) -> None:
    """Refuse a group with two names, without others in it, or of which a row is refused."""
    groups: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for row in rows:
        groups[tuple(row.cells[name] for name in GROUP)].append(row)
    for group in groups.values():
        first = group[0].cells
        for row in group:
            if row.cells[NAME] != first[NAME]:
                row.faults.append(Fault("group_two_names", NAME, first[NAME]))
            if all(each.cells[MEMBER] == first["municipality_code"] for each in group):
                row.faults.append(Fault("group_alone", MEMBER))
    refuse_together(rows, GROUP)
