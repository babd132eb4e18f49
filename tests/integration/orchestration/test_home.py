"""Dagster's own databases are book-keeping: a damaged one is set aside, and the night goes on."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from doelenboom.settings import Settings
from orchestration.home import set_aside_damaged

ROWS = 2_000


def database(folder: Path, name: str) -> Path:
    path = folder / "state" / "dagster" / "history" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table runs (id integer primary key, body text)")
        connection.executemany("insert into runs (body) values (?)", [("x" * 100,)] * ROWS)
        connection.commit()
    return path


def no_database(path: Path) -> None:
    path.write_bytes(b"this is no database, whatever its name says" * 100)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:16384] = b"\xff" * 8192
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [no_database, cut_short, overwritten])
def test_a_damaged_database_is_renamed_and_told_and_a_sound_one_stays(
    tmp_path: Path, damage: object
) -> None:
    sound, damaged = database(tmp_path, "runs.db"), database(tmp_path, "index.db")
    assert callable(damage)
    damage(damaged)
    damaged.with_name("index.db-wal").write_bytes(b"its log")
    bytes_before = sound.read_bytes()
    (told,) = set_aside_damaged(Settings(data_dir=tmp_path))
    assert told.startswith(f"{damaged} was damaged and is now index.db.damaged-20")
    assert sorted(path.name for path in damaged.parent.iterdir()) == [
        told.split(" is now ")[1].split(";")[0],
        "runs.db",
    ]
    assert sound.read_bytes() == bytes_before
    assert set_aside_damaged(Settings(data_dir=tmp_path)) == []
