"""A variable that cannot be used is named, with what was expected of it."""

from collections.abc import Iterator

import pytest

from doelenboom.errors import RefusedError
from doelenboom.settings import load_settings


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MEMORY_LIMIT", "veel", "'veel': expected a number and a unit, such as 2GB"),
        ("MEMORY_LIMIT", "2", "'2': expected a number and a unit, such as 2GB"),
        ("THREADS", "many", "'many': Input should be a valid integer"),
        ("THREADS", "0", "'0': Input should be greater than or equal to 1"),
        ("KEEP_RELEASES", "0", "'0': Input should be greater than or equal to 1"),
        ("KEEP_RELEASES", "a month", "'a month': Input should be a valid integer"),
        ("DATA_DIR", "~nobody-of-this-name/x", "'~nobody-of-this-name/x': Could not determine"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"DOELENBOOM_{name}", value)
    with pytest.raises(RefusedError) as refusal:
        load_settings()
    assert str(refusal.value).startswith(f"DOELENBOOM_{name} is {sentence}")


@pytest.mark.parametrize("value", ["2GB", "2 gb", "0.5TiB", "800MB"])
def test_memory_is_a_number_and_a_unit(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOELENBOOM_MEMORY_LIMIT", value)
    assert load_settings().memory_limit == value
