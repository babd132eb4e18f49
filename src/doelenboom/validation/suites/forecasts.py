"""Plausibility of `marts.forecasts`: one row per stage at which a result was forecast."""

from doelenboom.validation.expecting import (
    PROGRAMME,
    amounts_within_range,
    blocks,
    every_programme_has,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "forecasts"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.forecasts`."""
    return [
        every_programme_has(f"{TABLE}.every_programme_has_a_forecast", "a forecast", "forecast"),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("forecast_keur", "outturn_keur", "error_keur")),
        offenders(
            f"""
            select batch.* from batch join marts.programme_results using ({PROGRAMME})
            where abs(error_keur) > 0.5 * expenses_final_budget_keur
            """,
            blocks(f"{TABLE}.error_below_half_the_budget", "errors below half of the budget"),
        ),
        offenders(
            f"""
            select batch.* from batch join marts.programme_results using ({PROGRAMME})
            where abs(error_keur) > 0.1 * expenses_final_budget_keur
            """,
            unlikely(f"{TABLE}.error_small", "errors below a tenth of the budget"),
        ),
    ]
