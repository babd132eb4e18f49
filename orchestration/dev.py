"""Start Dagster's server and daemon on this machine: `python -m orchestration.dev`.

Parses the dbt project first, because the definitions are read from its manifest.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

import dagster as dg

from doelenboom.errors import DoelenboomError, RunActiveError
from doelenboom.faults import reason_of
from doelenboom.lock import only_writer
from doelenboom.settings import Settings, load_settings
from orchestration.dbt import parse
from orchestration.home import prepare_home, set_aside_damaged
from orchestration.instance import close_dead_if_none_lives, migrate

HOST = "127.0.0.1"


def main(definitions: str = "orchestration.definitions") -> None:
    """Replace this process by `dagster dev` on a module, with its home under `state/`."""
    try:
        settings = load_settings()
        home = _prepare(settings)
    except DoelenboomError as error:
        sys.exit(f"doelenboom: {error}")
    command = [sys.executable, "-m", "dagster", "dev", "-m", definitions]
    os.chdir(settings.project_dir)
    os.execvpe(command[0], [*command, "-h", HOST, *sys.argv[1:]], _environment(str(home)))


def _prepare(settings: Settings) -> Path:
    """Parse the project, put Dagster's storage in order and return its home.

    Raises the reason in one sentence.
    """
    try:
        parse(settings)
        _tell_of_damage(settings)
        home = prepare_home(settings)
        with dg.DagsterInstance.from_config(str(home)) as instance:
            migrate(instance)
            close_dead_if_none_lives(settings, instance)
        return home
    except Exception as error:
        raise reason_of(error, settings.data_dir) from error


def _tell_of_damage(settings: Settings) -> None:
    """Set damaged databases of Dagster's aside, unless a run lives, which uses them."""
    with suppress(RunActiveError), only_writer(settings.state_dir):
        for sentence in set_aside_damaged(settings):
            sys.stderr.write(f"doelenboom: {sentence}\n")


def _environment(home: str) -> dict[str, str]:
    return {**os.environ, "DAGSTER_HOME": home}  # noqa: TID251 (handed on, not read)


if __name__ == "__main__":
    main()
