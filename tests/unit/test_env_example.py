"""The example of the environment names every variable that the settings read, and no other."""

import re
from pathlib import Path

import pytest

from doelenboom.settings import Settings

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"
ASSIGNMENT = re.compile(r"^(DOELENBOOM_\w+)=(.*)$", re.MULTILINE)


def test_the_example_names_every_setting_and_no_other() -> None:
    named = [name for name, _ in ASSIGNMENT.findall(EXAMPLE.read_text("utf-8"))]
    assert sorted(named) == sorted(f"DOELENBOOM_{field.upper()}" for field in Settings.model_fields)


def test_the_example_as_it_stands_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    example = dict(ASSIGNMENT.findall(EXAMPLE.read_text("utf-8")))
    for name in example:
        monkeypatch.delenv(name, raising=False)
    defaults = Settings()
    for name, value in example.items():
        monkeypatch.setenv(name, value)
    assert Settings() == defaults
