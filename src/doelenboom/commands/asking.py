"""`ask`: named questions with their answer, for who writes no SQL."""

from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.commands.answering import (
    Asked,
    EveryOption,
    LimitOption,
    NumbersOption,
    Shown,
    VerticalOption,
    show_answer,
)
from doelenboom.commands.arguments import Command
from doelenboom.commands.layout import Numbers
from doelenboom.commands.options import (
    AsOfOption,
    FormatOption,
    ReleaseOption,
    chosen_release,
    duckdb_resources,
    load_settings,
)
from doelenboom.commands.parameters import (
    ClusterOption,
    MeasureOption,
    MunicipalityOption,
    PeerGroupOption,
    ReportOption,
    YearOption,
    parameters_given,
)
from doelenboom.commands.terminal import Format, Look, say, write_rows

if TYPE_CHECKING:
    from doelenboom.publication.reading.questions import Question

app = typer.Typer()


@app.command(
    cls=Command,
    epilog="Example: doelenboom ask spending-against-peers \\\n--municipality Losser --cluster wmo",
)
def ask(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="The name of a question. Without it, all are listed."),
    ] = None,
    *,
    municipality: MunicipalityOption = None,
    year: YearOption = None,
    report: ReportOption = None,
    cluster: ClusterOption = None,
    measure: MeasureOption = None,
    peer_group: PeerGroupOption = None,
    sql: Annotated[
        bool, typer.Option("--sql", help="Write the query in the place of its answer.")
    ] = False,
    limit: LimitOption = None,
    every: EveryOption = False,
    vertical: VerticalOption = False,
    numbers: NumbersOption = Numbers.plain,
    release: ReleaseOption = None,
    as_of: AsOfOption = None,
    style: FormatOption = Format.table,
) -> None:
    """Ask a named question, without SQL.

    Each question says which options it takes and which it needs. --sql gives the query behind it,
    to go on from.
    """
    from doelenboom.publication.reading.questions import question_called, values_for, without_rows

    if name is None:
        _list_questions(style)
        return
    question = question_called(name)
    given = parameters_given(
        question,
        municipality=municipality,
        year=year,
        report=report,
        cluster=cluster,
        measure=measure,
        peer_group=peer_group,
    )
    settings = load_settings()
    resources = duckdb_resources(settings)
    database = chosen_release(settings, release, as_of).database
    values = values_for(question, given, database=database, resources=resources)
    if sql:
        typer.echo(question.written_out(values), nl=False)
        return
    if style is Format.table:
        say(f"{question.question}\n")
    show_answer(
        database,
        Asked(question.sql, question.written_out(values), values),
        resources=resources,
        extent=Shown(limit, every),
        style=style,
        look=Look(vertical, numbers, paged=every),
    )
    if style is Format.table:
        say(f"\n{question.reading}")
    asked = given.get("municipality", [])
    if len(asked) > 1:
        names = without_rows(question, values, database=database, resources=resources)
        if 0 < len(names) < len(asked):
            say(f"No rows of {', '.join(names)}.", err=True)


def _list_questions(style: Format) -> None:
    from doelenboom.publication.reading.questions import questions

    rows = [(each.name, each.question, _options(each)) for each in questions()]
    write_rows(("name", "question", "options"), rows, style)
    if style is Format.table:
        say("\nOptions between brackets may be left out, for what stands in them or else for all.")


def _options(question: "Question") -> str:
    """Write the options of a question, those between brackets that it does not need."""
    from doelenboom.publication.reading.questions import NEEDED, option

    return " ".join(
        option(name) if default == NEEDED else f"[{option(name)}{_without(default)}]"
        for name, default in question.parameters.items()
    )


def _without(default: str) -> str:
    """Write what stands for an option that is left out, where that is one thing."""
    from doelenboom.publication.reading.questions import OPEN

    return "" if default in OPEN else f" {default}"
