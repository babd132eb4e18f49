"""What a named question is asked of: the options that say so, each by name or by code."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from doelenboom.publication.reading.questions import Question


class Report(StrEnum):
    """The reports that hold figures of every municipality."""

    accounts = "accounts"
    budget = "budget"


MunicipalityOption = Annotated[
    list[str] | None, typer.Option(help="A municipality by name or code; more with commas between.")
]
YearOption = Annotated[int | None, typer.Option(min=2000, max=2100, help="A fiscal year.")]
ReportOption = Annotated[Report | None, typer.Option(help="Of which report.")]
ClusterOption = Annotated[
    str | None, typer.Option(help="A cluster of taakvelden by name or code, as jeugd or wmo.")
]
MeasureOption = Annotated[
    str | None, typer.Option(help="A measure by name or code, as Solvabiliteitsratio.")
]
PeerGroupOption = Annotated[
    str | None, typer.Option(help="A peer group by name or code, as region_twente.")
]


def parameters_given(
    question: "Question", *, municipality: Sequence[str] | None, **others: object
) -> dict[str, list[str]]:
    """Gather what was given of the parameters of a question, each as its words.

    Raises BadParameter for one that the question does not take and for one that it lacks.
    """
    places = [word.strip() for words in municipality or [] for word in words.split(",")]
    given = {"municipality": places} if places else {}
    given |= {name: [str(value)] for name, value in others.items() if value is not None}
    misuse = question.misuse(given)
    if misuse:
        raise typer.BadParameter(misuse)
    return given
