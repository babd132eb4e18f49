"""Every import ban of DESIGN.md is enforced by the linter in the folder it is meant for."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

DAGSTER = "import dagster"
ENVIRON = "import os\n\nHOME = os.environ['HOME']"
GETENV = "from os import getenv\n\nHOME = getenv('HOME')"
GX = "import great_expectations"

PACKAGE_BANS = (
    DAGSTER,
    "from dbt.cli.main import dbtRunner",
    "import orchestration.definitions",
    ENVIRON,
    GETENV,
)
OTHER_ROOMS = (
    "from doelenboom.landing import store",
    "from doelenboom import raw",
    "import doelenboom.validation.runner",
    "from doelenboom.publication.seal import seal",
    "from doelenboom.settings import Settings",
)
NETWORK = (
    "import httpx",
    "import requests",
    "from urllib.request import urlopen",
    "from urllib import request",
)
WAY_THERE = (
    "from doelenboom.landing import store",
    "from doelenboom import raw",
    "import doelenboom.validation.runner",
    "from doelenboom.sources.cbs import client",
)
BANS = {
    "src/doelenboom": (*PACKAGE_BANS, GX),
    "src/doelenboom/publication": (*PACKAGE_BANS, GX),
    "src/doelenboom/validation": PACKAGE_BANS,
    "src/doelenboom/validation/suites": PACKAGE_BANS,
    "src/doelenboom/sources": (*PACKAGE_BANS, GX, *OTHER_ROOMS),
    "src/doelenboom/sources/accounts": (*PACKAGE_BANS, GX, *OTHER_ROOMS),
    "src/doelenboom/landing": (*PACKAGE_BANS, GX, *NETWORK),
    "src/doelenboom/raw": (*PACKAGE_BANS, GX, *NETWORK),
    "src/doelenboom/serving": (*PACKAGE_BANS, GX, *WAY_THERE),
    "orchestration": ("import duckdb", "import sqlalchemy", *NETWORK[:2], GX, ENVIRON, GETENV),
    "orchestration/assets": ("import duckdb", "import httpx", GX, ENVIRON),
    "dashboard": ("from doelenboom.settings import load_settings", "import doelenboom"),
}
ALLOWED = (
    ("src/doelenboom/validation/suites/snippet.py", GX),
    ("src/doelenboom/settings.py", ENVIRON),
    ("src/doelenboom/sources/snippet.py", "from doelenboom.errors import RefusedError"),
    ("src/doelenboom/sources/snippet.py", "import requests"),
    ("src/doelenboom/publication/snippet.py", "import duckdb"),
    ("src/doelenboom/serving/snippet.py", "from doelenboom.publication import reader"),
    ("orchestration/assets/snippet.py", "from doelenboom.publication import seal"),
    ("dashboard/snippet.py", "import duckdb"),
)


def violations(filename: str, code: str) -> list[str]:
    """Lint `code` as if it stood in `filename`; the lines that break a ban."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise"]
    result = subprocess.run(
        [*command, "--select=TID251", f"--stdin-filename={filename}", "-"],
        cwd=ROOT,
        input=code,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode in (0, 1), result.stderr
    return [line for line in result.stdout.splitlines() if "TID251" in line]


@pytest.mark.parametrize(
    ("folder", "code"), [(folder, code) for folder, codes in BANS.items() for code in codes]
)
def test_the_linter_refuses_a_banned_import(folder: str, code: str) -> None:
    assert violations(f"{folder}/snippet.py", code)


@pytest.mark.parametrize(("filename", "code"), ALLOWED)
def test_the_linter_lets_through_what_the_folder_is_for(filename: str, code: str) -> None:
    assert not violations(filename, code)


def test_the_bans_are_among_the_rules_that_make_check_runs() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--show-settings"]
    result = subprocess.run(
        [*command, "src/doelenboom/errors.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "(TID251)" in result.stdout
