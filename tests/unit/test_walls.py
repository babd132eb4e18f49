"""The walls of the house bite: an import against one fails, and the linter names it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from doelenboom.settings import PROJECT_DIR

AGAINST = {
    "Rooms import downward only": ("doelenboom.storage.files", "doelenboom.publication.manifest"),
    "The rooms of publication import downward only": (
        "doelenboom.publication.reading.reader",
        "doelenboom.publication.release.promote",
    ),
    "A chapter in the inbox is one of accounts; CBS stands alone": (
        "doelenboom.sources.cbs.client",
        "doelenboom.sources.accounts.tables",
    ),
    "The rooms of extraction import downward only": (
        "doelenboom.sources.accounts.extraction.numbers.scores",
        "doelenboom.sources.accounts.extraction.tables.layout",
    ),
    "A subject of a chapter is read without any other": (
        "doelenboom.sources.accounts.extraction.subjects.facts",
        "doelenboom.sources.accounts.extraction.subjects.reserves",
    ),
    "No room, and nothing in a room, imports in a circle": (
        "doelenboom.landing.delivery",
        "doelenboom.landing.guards",
    ),
    "Publication is entered through its doors": (
        "doelenboom.serving.routes",
        "doelenboom.publication.export.workbook",
    ),
    "Extraction is entered through its doors": (
        "doelenboom.raw.chapters",
        "doelenboom.sources.accounts.extraction.proof.solving",
    ),
    "Who serves or publishes knows what is published, never the way to it": (
        "doelenboom.serving.routes",
        "doelenboom.ingestion.inbox",
    ),
    "The site knows what is published by reading it, and nothing behind it": (
        "dashboard.home",
        "doelenboom.publication.release.promote",
    ),
    "A source knows none of our rooms, only how to fail": (
        "doelenboom.sources.accounts.tables",
        "doelenboom.storage.files",
    ),
    "What meets text from outside takes its patterns from one door": (
        "doelenboom.sources.accounts.extraction.document.lines",
        "re",
    ),
    "The nightly job is started by `run` alone": (
        "doelenboom.commands.querying",
        "orchestration.naming",
    ),
    "Dagster and dbt are known in orchestration alone": ("doelenboom.commands.options", "dagster"),
    "Great Expectations is known in validation alone": (
        "doelenboom.raw.pages",
        "great_expectations",
    ),
    "HTTP is for CBS's client, for a published file at an address, and for alerts": (
        "orchestration.naming",
        "httpx",
    ),
    "What is landed, parsed, stored, published or ordered is so without a network": (
        "doelenboom.raw.pages",
        "requests",
    ),
    "DuckDB is asked where figures are, never where they are ordered": (
        "orchestration.naming",
        "duckdb",
    ),
    "SQLAlchemy is a means of Great Expectations, and of Dagster's event log": (
        "orchestration.naming",
        "sqlalchemy",
    ),
}
"""Each wall by its name, and an import that goes against it."""

CODE = "import os\n\nHOME = os.environ['HOME']\nNAME = os.getenv('NAME')\n"


IN_A_CIRCLE = ".guards -> .delivery"
"""How the linter names the import that it would take away, where two import each other."""


def test_an_import_against_any_wall_fails_and_is_named(tmp_path: Path) -> None:
    for folder in ("src/doelenboom", "orchestration", "dashboard"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT_DIR / folder, tmp_path / folder, ignore=ignore)
    shutil.copy(PROJECT_DIR / ".importlinter", tmp_path)
    for importer, imported in AGAINST.values():
        with _file(tmp_path, importer).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {imported}\n")
    told = _told_broken(tmp_path)
    assert set(told) == set(AGAINST)
    for wall, (importer, imported) in AGAINST.items():
        named = f"{importer} -> {imported} (l." in told[wall]
        assert named or IN_A_CIRCLE in told[wall], told[wall]


def test_ruff_keeps_the_environment_for_the_settings() -> None:
    for place, expected in (("serving/app", 2), ("settings", 0)):
        command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise"]
        done = subprocess.run(
            [*command, f"--stdin-filename=src/doelenboom/{place}.py", "-"],
            cwd=PROJECT_DIR,
            input=CODE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.count("TID251") == expected, done.stdout + done.stderr


def _file(root: Path, module: str) -> Path:
    folder = root if module.startswith(("orchestration", "dashboard")) else root / "src"
    return folder.joinpath(*module.split(".")).with_suffix(".py")


def _told_broken(root: Path) -> dict[str, str]:
    """Lint a copy of the house; what the linter says of each wall that is broken, by its name."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache", "--no-logo"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"},
        capture_output=True,
        text=True,
        check=False,
    )
    _, _, broken = done.stdout.partition("Broken contracts\n")
    assert done.returncode == 1 and broken, done.stdout + done.stderr
    _, *parts = re.split(r"^(.+)\n-+\n", broken, flags=re.MULTILINE)
    return {
        name: " ".join(text.split()) for name, text in zip(parts[::2], parts[1::2], strict=True)
    }
