"""The sentence that stops a publication names one check, and how many more."""

from doelenboom.validation.outcomes import CheckResult, Severity, Status, blocking_sentence


def _outcome(
    name: str, severity: Severity, status: Status, observed: str = "3 rows"
) -> CheckResult:
    return CheckResult(
        f"programme_results.{name}", "marts.programme_results", severity, status, observed, "none"
    )


def test_passed_and_warning_outcomes_stop_nothing() -> None:
    outcomes = [_outcome("a", "error", "pass"), _outcome("b", "warn", "fail")]
    assert blocking_sentence(outcomes) is None
    assert blocking_sentence([]) is None


def test_what_is_good_to_know_or_does_not_apply_asks_nothing_of_anybody() -> None:
    statuses: tuple[Status, ...] = ("pass", "info", "not_applicable")
    outcomes = [_outcome(status, "error", status) for status in statuses]
    assert not any(outcome.asks_attention or outcome.blocks for outcome in outcomes)
    assert _outcome("c", "warn", "warn").asks_attention


def test_a_failed_check_is_named_with_what_was_seen_and_expected() -> None:
    outcomes = [
        _outcome("broken", "error", "broken", "Binder Error"),
        _outcome("percent_within_range", "error", "fail"),
        _outcome("other", "error", "fail"),
    ]
    assert blocking_sentence(outcomes) == (
        "marts.programme_results: check 'programme_results.percent_within_range' failed: "
        "observed 3 rows, expected none (and 2 more); nothing was published"
    )


def test_a_broken_check_is_worded_as_one_that_could_not_be_made() -> None:
    assert blocking_sentence([_outcome("sum", "error", "broken", "Binder Error: no x")]) == (
        "marts.programme_results: check 'programme_results.sum' could not be made: "
        "Binder Error: no x; nothing was published"
    )
