"""The units for systemd are what systemd takes, and name what is there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from doelenboom.settings import PROJECT_DIR, Settings

FOLDER = PROJECT_DIR / "docs" / "deploy"
UNITS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".service", ".timer"))
PROGRAM = re.compile(r"^ExecStart=\S+", re.MULTILINE)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_has_nothing_to_say_about_a_unit(unit: Path, tmp_path: Path) -> None:
    """Each with a program that this machine has, and what it refers to beside it."""
    for path in UNITS:
        text = PROGRAM.sub(f"ExecStart={sys.executable}", path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    judged = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (judged.returncode, judged.stderr) == (0, "")


def test_every_variable_that_is_set_is_one_of_ours() -> None:
    text = (FOLDER / "doelenboom.env").read_text(encoding="utf-8")
    named = re.findall(r"^DOELENBOOM_(\w+)=", text, re.MULTILINE)
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_no_unit_runs_as_root(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    if unit.suffix == ".service":
        assert "\nUser=doelenboom\n" in text
        assert "\nNoNewPrivileges=yes\n" in text
