"""The only reader of the environment: one frozen object, handed to everything else."""

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from doelenboom.errors import RefusedError, in_one_line
from doelenboom.memory import memory_of_machine

PROJECT_DIR = Path(__file__).resolve().parents[2]
PREFIX = "DOELENBOOM_"

MEMORY_SHARE = 0.6
"""How much of the memory that there is DuckDB may use; the rest is for Python and the system."""

MEMORY_AT_LEAST_MB = 2000

MEMORY_OF_A_NIGHT = "2100MB"
"""All of Iv3 is built, proved and published in this; with more, DuckDB keeps what it can write."""

LEAST_MEMORY = "100MB"

MOST_TIMES = 4
"""How many times the cores and the memory of the machine may be asked: more is a mistake."""

MOST_SHOWN = 61
"""Characters of a value that a refusal repeats."""

_MEMORY = re.compile(r"(\d{1,15}(?:\.\d{1,15})?)\s?([KMGT])(i?)B", re.IGNORECASE)
NOT_IN_SQL = "'\";{}*?[]"
"""Characters that a path cannot have where SQL names files by it."""

_WHOLE = re.compile(r"[0-9]{1,9}")


def _folder(path: Path) -> Path:
    try:
        found = path.expanduser().resolve()
        usable = found.is_dir() or not found.exists()
    except (RuntimeError, ValueError) as error:  # a home of nobody, a name with a NUL
        raise ValueError(f"{error}: expected a folder") from error
    except OSError as error:
        raise ValueError(f"expected a folder, {(error.strerror or '').lower()}") from error
    if not usable:
        raise ValueError("expected a folder")
    return found


def _data_folder(path: Path) -> Path:
    """Take a folder that the SQL of the models can name: dbt puts its path in as it is."""
    found = _folder(path)
    foreign = sorted({character for character in str(found) if character in NOT_IN_SQL})
    if foreign or not str(found).isprintable():
        raise ValueError(f"expected a folder whose path has none of {' '.join(NOT_IN_SQL)}")
    return found


def _memory(text: str) -> str:
    most = MOST_TIMES * memory_of_machine()
    if not _MEMORY.fullmatch(text) or not _bytes(LEAST_MEMORY) <= _bytes(text) <= most:
        raise ValueError(
            f"expected a number and a unit, such as 2GB, from {LEAST_MEMORY} to"
            f" {most // 1_000_000}MB, {MOST_TIMES} times what the machine has"
        )
    return text


def _from_to(least: int, most: Callable[[], int]) -> BeforeValidator:
    """Take a whole number within a range."""

    def checked(given: object) -> int:
        text = str(given)
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most():
            raise ValueError(f"expected a whole number from {least} to {most()}")
        return int(text)

    return BeforeValidator(checked)


def _most_threads() -> int:
    return MOST_TIMES * (os.cpu_count() or 1)


def _bytes(memory: str) -> int:
    match = _MEMORY.fullmatch(memory)
    assert match is not None  # validated before
    number, unit, binary = match.groups()
    return int(float(number) * (1024 if binary else 1000) ** ("KMGT".index(unit.upper()) + 1))


def _share_of_memory() -> str:
    return f"{max(int(memory_of_machine() * MEMORY_SHARE / 1_000_000), MEMORY_AT_LEAST_MB)}MB"


def _base_url(text: str) -> str:
    try:
        url = urlsplit(text)
        usable = url.scheme in ("http", "https") and url.hostname and not url.query
        _ = url.port  # raises ValueError when it is no number
    except ValueError as error:
        raise ValueError(f"expected a base URL, {error}") from error
    if not usable:
        raise ValueError("expected a base URL, such as https://opendata.cbs.nl")
    return text.rstrip("/")


def _address(*schemes: str) -> AfterValidator:
    """Take an address that may hold a secret: it is in no message."""

    def checked(given: SecretStr | None) -> SecretStr | None:
        parts = given and urlsplit(given.get_secret_value())
        if parts and (parts.scheme not in schemes or not parts.hostname):
            begins = " or ".join(f"{scheme}://" for scheme in schemes)
            raise ValueError(f"expected an address that begins with {begins}")
        return given

    return AfterValidator(checked)


SECRETS = ("serve_token", "alert_url", "dagster_postgres_url")
"""Variables whose text is shown to nobody."""


class Settings(BaseModel):
    """Where things are and what DuckDB may use; every field is a `DOELENBOOM_` variable.

    `data_dir` is the root of `inbox/` (what people drop) and of everything written: `landing/`
    (what sources sent), `raw/` (the same, parsed), `warehouse/` (the build), `published/` (what
    readers open) and `state/` (Dagster home, logs, locks, fetches under way).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Annotated[Path, AfterValidator(_data_folder)] = PROJECT_DIR / "data"
    memory_limit: Annotated[str, AfterValidator(_memory)] = Field(default_factory=_share_of_memory)
    threads: Annotated[int, _from_to(1, _most_threads)] = Field(
        default_factory=lambda: os.cpu_count() or 1
    )
    spill_dir: Annotated[Path | None, AfterValidator(lambda p: p and _folder(p))] = None
    benchmarks_dir: Annotated[Path | None, AfterValidator(lambda p: p and _folder(p))] = None
    cbs_url: Annotated[str, AfterValidator(_base_url)] = "https://opendata.cbs.nl"
    cbs_iv3_url: Annotated[str, AfterValidator(_base_url)] = "https://dataderden.cbs.nl"
    keep_releases: Annotated[int, _from_to(1, lambda: 36_500)] = 30
    serve_token: SecretStr | None = None
    alert_url: Annotated[SecretStr | None, _address("http", "https")] = None
    dagster_postgres_url: Annotated[SecretStr | None, _address("postgresql")] = None

    @model_validator(mode="before")
    @classmethod
    def _from_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Take from the environment what is not given; a variable that is empty is none."""
        set_there = {name: os.environ.get(f"{PREFIX}{name.upper()}") for name in cls.model_fields}
        return {**{name: text for name, text in set_there.items() if text}, **given}

    @property
    def project_dir(self) -> Path:
        return PROJECT_DIR

    @property
    def bundled_dir(self) -> Path:
        """Where the Parquet files of bundled figures are: in the project, or in another folder."""
        return self.benchmarks_dir or self.project_dir / "seeds" / "benchmarks"

    @property
    def memory_bytes(self) -> int:
        """`memory_limit` in bytes, as DuckDB counts: KB is 1000, KiB 1024."""
        return _bytes(self.memory_limit)

    @property
    def night_memory(self) -> str:
        """What DuckDB may use in a night: all of `memory_limit` only where somebody set it."""
        if "memory_limit" in self.model_fields_set:
            return self.memory_limit
        return min(self.memory_limit, MEMORY_OF_A_NIGHT, key=_bytes)

    @property
    def state_dir(self) -> Path:
        return self.data_dir / "state"

    @property
    def inbox_dir(self) -> Path:
        return self.data_dir / "inbox"

    @property
    def landing_dir(self) -> Path:
        return self.data_dir / "landing"

    @property
    def raw_dir(self) -> Path:
        return self.data_dir / "raw"

    @property
    def in_force_dir(self) -> Path:
        """The accounts in force: a copy of their seeds with what was accepted since."""
        return self.raw_dir / "in_force"

    @property
    def review_dir(self) -> Path:
        """Accounts packages made of the chapters in the inbox, which a person reviews."""
        return self.raw_dir / "chapters"

    @property
    def attempts_dir(self) -> Path:
        """Fetches under way, and how the last ones ended."""
        return self.state_dir / "attempts"

    @property
    def warehouse(self) -> Path:
        """The database that dbt builds; never opened by readers."""
        return self.data_dir / "warehouse" / "doelenboom.duckdb"

    @property
    def candidate(self) -> Path:
        """The marts copied out of the warehouse, on their way to a release."""
        return self.data_dir / "warehouse" / "candidate.duckdb"

    @property
    def published_dir(self) -> Path:
        return self.data_dir / "published"

    @property
    def published(self) -> Path:
        """The sealed database that BI tools open."""
        return self.published_dir / "doelenboom.duckdb"

    @property
    def releases_dir(self) -> Path:
        return self.published_dir / "releases"

    @property
    def serve_token_file(self) -> Path:
        """The token of `serve` where the environment gives none."""
        return self.state_dir / "serve.token"

    @property
    def checks_dir(self) -> Path:
        """Check results of the run under way (Parquet) and the Data Docs."""
        return self.state_dir / "checks"

    @property
    def look_file(self) -> Path:
        """When a night last found that nothing changed."""
        return self.state_dir / "last_look.json"

    @property
    def night_file(self) -> Path:
        """What came of the last night, and what is wrong."""
        return self.state_dir / "last_night.json"

    @property
    def reports_dir(self) -> Path:
        """A page and a text for each night: what it did, what changed, what asks for attention."""
        return self.state_dir / "reports"

    @property
    def dbt_target_dir(self) -> Path:
        return self.state_dir / "dbt"

    @property
    def log_dir(self) -> Path:
        return self.state_dir / "logs"

    @property
    def effective_spill_dir(self) -> Path:
        return self.spill_dir or self.state_dir / "spill"


@cache
def load_settings() -> Settings:
    """Read the environment once. Raises RefusedError naming the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        why = first["msg"].removeprefix("Value error, ")
        if first["loc"][0] in SECRETS:
            raise RefusedError(f"{name} cannot be used: {why}") from None
        shown = in_one_line(str(first["input"]), MOST_SHOWN)
        raise RefusedError(f"{name} is {shown!r}: {why}") from error
