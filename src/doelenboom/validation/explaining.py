"""What a check result means, in Dutch, for whoever uses the figures.

The words stand in `seeds/reference/`: `check_explanations.csv` says what a check looks at,
`check_findings.csv` what each outcome means and what to do. A row speaks of one check, of the
checks whose names have a pattern (`*.has_rows`), or of all of a kind (`*`); the most precise one
counts. Nothing is judged here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from doelenboom.codes import reference_rows
from doelenboom.validation.outcomes import CheckResult, Kind, Status

ANY = "*"


class Words(NamedTuple):
    """One row of words: of which checks it speaks, and what it says."""

    kind: str
    check_name: str
    status: str
    text: str

    def speaks_of(self, kind: str, check_name: str, status: str) -> bool:
        """Say whether these are words for a check of that kind, name and outcome."""
        return (
            self.kind in (kind, ANY)
            and self.status in (status, "")
            and fnmatchcase(check_name, self.check_name)
        )

    @property
    def precision(self) -> tuple[bool, bool, int]:
        """Put one name before a pattern, a long pattern before a short one, a kind before all."""
        return ANY not in self.check_name, self.kind != ANY, len(self.check_name)


def explanation(kind: Kind, check_name: str, status: Status, **words: object) -> str:
    """Say what was looked at, what was found and what to do, in two or three sentences.

    `words` fill the gaps of the text, such as `{onderwerp}`. Raises `LookupError` where there are
    no words for the check or its outcome, or none for a gap.
    """
    looked_at = best(explanations(), kind, check_name).text.format(**words)
    found = best(findings(), kind, check_name, status).text.format(**words)
    return f"Gecontroleerd is of {looked_at}. {found}"


def explained(results: Iterable[CheckResult], subjects: Mapping[str, str]) -> Iterator[CheckResult]:
    """Explain each result that has no words of its own; `subjects` are those of tables."""
    for result in results:
        if result.explanation:
            yield result
            continue
        subject = subjects.get(result.subject, result.subject.partition("/")[2] or result.subject)
        text = explanation(result.kind, result.check_name, result.status, onderwerp=subject)
        yield replace(result, explanation=text)


def best(words: Iterable[Words], kind: str, check_name: str, status: str = "") -> Words:
    """Find the most precise words for a check and outcome. Raises `LookupError` for none."""
    found = [row for row in words if row.speaks_of(kind, check_name, status)]
    if not found:
        raise LookupError(f"no words for the {kind} check {check_name} {status}".rstrip())
    return max(found, key=lambda row: row.precision)


@cache
def explanations() -> tuple[Words, ...]:
    """Read what checks look at."""
    return tuple(
        Words(row["kind"], row["check_name"], "", row["checked_nl"])
        for row in reference_rows("check_explanations")
    )


@cache
def findings() -> tuple[Words, ...]:
    """Read what outcomes mean and what to do about them."""
    return tuple(
        Words(row["kind"], row["check_name"], row["status"], row["finding_nl"])
        for row in reference_rows("check_findings")
    )
