"""Runs the suites on a candidate and tells what holds, what fails and what could not be checked.

Opens the candidate read-only and leaves nothing open. What an expectation says lives in
`suites/`; what its outcome means for publication lives in `outcomes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult

from doelenboom.errors import RefusedError
from doelenboom.validation.connection import candidate_source, new_context
from doelenboom.validation.data_docs import publish_data_docs
from doelenboom.validation.expecting import Suite
from doelenboom.validation.library import (
    EphemeralDataContext,
    Expectation,
    SQLDatasource,
    UnexpectedRowsExpectation,
)
from doelenboom.validation.outcomes import CheckResult, Severity
from doelenboom.validation.suites import SUITES
from doelenboom.validation.wording import exception_message, observed, shortened

__all__ = ["CheckResult", "DeclaredCheck", "declared_checks", "validate"]

_EXAMPLES = 3


@dataclass(frozen=True)
class DeclaredCheck:
    """One check as its suite declares it, before anything is read."""

    check_name: str
    subject: str
    severity: Severity
    expected: str
    query: str | None


def declared_checks(suites: Mapping[str, Suite] = SUITES) -> list[DeclaredCheck]:
    """List every check of the suites in their order, without reading a candidate."""
    return [_declared(table, check) for table, suite in suites.items() for check in suite()]


def validate(
    candidate: Path, *, suites: Mapping[str, Suite] = SUITES, docs_dir: Path | None = None
) -> list[CheckResult]:
    """Run the suites on schema `marts` of the candidate; one outcome per declared check, in order.

    Where `docs_dir` is given, its content is replaced by the Data Docs of this run.
    Raises `RefusedError` where the candidate is no file.
    """
    if not candidate.is_file():
        raise RefusedError(f"{candidate} is not there, so nothing could be validated")
    with TemporaryDirectory(prefix="doelenboom-data-docs-") as scratch:
        context = new_context(Path(scratch))
        with candidate_source(context, candidate) as source:
            runs = {table: _run(context, source, table, suites[table]) for table in suites}
        outcomes = [
            _outcome(candidate, check, runs[check.subject.removeprefix("marts.")])
            for check in declared_checks(suites)
        ]
        if docs_dir:
            context.build_data_docs()
            publish_data_docs(Path(scratch), docs_dir, outcomes)
    return outcomes


def _run(
    context: EphemeralDataContext, source: SQLDatasource, table: str, suite: Suite
) -> dict[str, ExpectationValidationResult]:
    asset = source.add_query_asset(f"marts.{table}", query=f"select * from marts.{table}")
    definition = gx.ValidationDefinition(
        name=table,
        data=asset.add_batch_definition_whole_table("whole"),
        suite=context.suites.add(gx.ExpectationSuite(name=table, expectations=suite())),
    )
    run: ExpectationSuiteValidationResult = context.validation_definitions.add(definition).run(
        result_format={"result_format": "SUMMARY", "partial_unexpected_count": _EXAMPLES}
    )
    return {
        result.expectation_config.meta["check"]: result
        for result in run.results
        if result.expectation_config and result.expectation_config.meta
    }


def _declared(table: str, expectation: Expectation) -> DeclaredCheck:
    meta = expectation.meta or {}
    query = None
    if isinstance(expectation, UnexpectedRowsExpectation):
        query = str(expectation.unexpected_rows_query)
    return DeclaredCheck(
        check_name=meta["check"],
        subject=f"marts.{table}",
        severity="error" if expectation.severity == "critical" else "warn",
        expected=meta["holds"],
        query=query,
    )


def _outcome(
    candidate: Path, check: DeclaredCheck, results: Mapping[str, ExpectationValidationResult]
) -> CheckResult:
    """Judge one check: broken (always an error) where it raised or gave no result."""
    result = results.get(check.check_name)
    outcome = CheckResult(
        check.check_name, check.subject, "error", "broken", "no result", check.expected
    )
    if result is None:
        return outcome
    if message := exception_message(result):
        return replace(outcome, observed=message)
    outcome = replace(outcome, severity=check.severity, observed=observed(result))
    if result.success:
        return replace(outcome, status="pass")
    example = _first_offender(candidate, check)
    return replace(outcome, status="fail", observed=shortened(outcome.observed + example))


def _first_offender(candidate: Path, check: DeclaredCheck) -> str:
    """Name the first row that breaks a check written in SQL: its columns up to the fifth."""
    if check.query is None:
        return ""
    with duckdb.connect(str(candidate), read_only=True) as connection:
        cursor = connection.execute(check.query.format(batch=check.subject))
        names = [column[0] for column in cursor.description or []]
        [row] = cursor.fetchmany(1)
    shown = (f"{name}={value}" for name, value in list(zip(names, row, strict=True))[:5])
    return f", such as {', '.join(shown)}"
