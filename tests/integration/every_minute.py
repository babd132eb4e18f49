"""What Dagster serves, with a tick every minute: for `test_abandoned_runs`."""

from datetime import timedelta

from orchestration import definitions, triggers

triggers.SCHEDULE_CRON = "* * * * *"
triggers.STARTING_UP = timedelta(seconds=1)  # type: ignore[attr-defined]

nightly_definitions = definitions.nightly_definitions
