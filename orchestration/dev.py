"""Start Dagster's server and daemon on this machine: `python -m orchestration.dev`.

Parses the dbt project first, because the definitions are read from its manifest.
"""

import os
import sys

from doelenboom.errors import DoelenboomError
from doelenboom.settings import load_settings
from orchestration.dbt import parse
from orchestration.home import prepare_home

HOST = "127.0.0.1"


def main() -> None:
    """Replace this process by `dagster dev`, with its home under `state/`."""
    settings = load_settings()
    try:
        parse(settings)
    except DoelenboomError as error:
        sys.exit(f"doelenboom: {error}")
    home = prepare_home(settings)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions"]
    os.chdir(settings.project_dir)
    os.execvpe(command[0], [*command, "-h", HOST, *sys.argv[1:]], _environment(str(home)))


def _environment(home: str) -> dict[str, str]:
    return {**os.environ, "DAGSTER_HOME": home}  # noqa: TID251 (handed on, not read)


if __name__ == "__main__":
    main()
