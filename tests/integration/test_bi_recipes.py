"""The recipes of docs/bi: how a tool that stays up comes to see a new release."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Engine, NullPool, create_engine, text

from doelenboom.settings import PROJECT_DIR
from tests.unit.publication.conftest import House, small_house

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
COUNT = "select count(*) from marts.facts"

LONG_LIVED = """
import sys
import duckdb

path = sys.argv[1]
reader = duckdb.connect()
attach = f"attach '{path}' as doelenboom (read_only)"
count = "select count(*) from doelenboom.marts.facts"
reader.execute(attach)
print(reader.execute(count).fetchall()[0][0], flush=True)
sys.stdin.readline()
print(reader.execute(count).fetchall()[0][0])
reader.execute("detach doelenboom")
reader.execute(attach)
print(reader.execute(count).fetchall()[0][0])
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house that has published three facts."""
    made = small_house(tmp_path)
    made.build()
    made.publish(FIRST)
    return made


@pytest.fixture
def publish_one_more(house: House) -> Callable[[], None]:
    def publish() -> None:
        house.execute("insert into marts.facts values (9, 'new')")
        house.build()
        house.publish(FIRST + timedelta(days=1))

    return publish


def read_only(database: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(database), read_only=True)


def count(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute(COUNT).fetchall()[0][0])


def test_an_open_connection_keeps_the_release_that_it_opened_and_hides_the_new_one(
    house: House, publish_one_more: Callable[[], None]
) -> None:
    with closing(read_only(house.published)) as old:
        assert count(old) == 3
        publish_one_more()
        assert count(old) == 3
        with closing(read_only(house.published)) as second:
            assert count(second) == 3  # one instance per path in a process
    with closing(read_only(house.published)) as new:
        assert count(new) == 4


def test_detach_and_attach_show_the_new_release_on_a_connection_that_stays(
    house: House, publish_one_more: Callable[[], None]
) -> None:
    attach = f"attach '{house.published}' as doelenboom (read_only)"
    with closing(duckdb.connect()) as reader:
        reader.execute(attach)
        publish_one_more()
        facts = "select count(*) from doelenboom.marts.facts"
        assert reader.execute(facts).fetchall() == [(3,)]
        reader.execute("detach doelenboom")
        reader.execute(attach)
        assert reader.execute(facts).fetchall() == [(4,)]


@pytest.fixture
def engine_of(house: House) -> Iterator[Callable[..., Engine]]:
    engines: list[Engine] = []

    def make(**options: object) -> Engine:
        url = f"duckdb:///{house.published}"
        engines.append(create_engine(url, connect_args={"read_only": True}, **options))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


def asked(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(COUNT)).scalar_one())


def test_sqlalchemy_without_a_pool_sees_a_new_release_at_the_next_question(
    engine_of: Callable[..., Engine], publish_one_more: Callable[[], None]
) -> None:
    engine = engine_of(poolclass=NullPool)
    assert asked(engine) == 3
    publish_one_more()
    assert asked(engine) == 4


def test_sqlalchemy_with_its_pool_sees_a_new_release_once_the_pool_is_disposed_of(
    engine_of: Callable[..., Engine], publish_one_more: Callable[[], None]
) -> None:
    engine = engine_of()
    assert asked(engine) == 3
    publish_one_more()
    assert asked(engine) == 3
    engine.dispose()
    assert asked(engine) == 4


@pytest.mark.prove
@pytest.mark.parametrize("version", ["1.2.2", "1.4.5", "1.5.6"])
def test_detach_and_attach_work_in_older_drivers_too(
    version: str, house: House, publish_one_more: Callable[[], None]
) -> None:
    python = PROJECT_DIR / ".venv-drivers" / version / "bin" / "python"
    assert python.is_file(), f"{python} is not there: `make prove` installs it"
    reader = subprocess.Popen(
        [python, "-c", LONG_LIVED, str(house.published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    first = reader.stdout.readline()
    publish_one_more()
    rest, _ = reader.communicate("\n")
    assert [first, rest] == ["3\n", "3\n4\n"]
