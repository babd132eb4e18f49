"""The only reader of the environment: one frozen object, handed to everything else."""

import os
import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from doelenboom.errors import RefusedError
from doelenboom.memory import memory_of_machine

PROJECT_DIR = Path(__file__).resolve().parents[2]
PREFIX = "DOELENBOOM_"

MEMORY_SHARE = 0.6
"""How much of the memory that there is DuckDB may use; the rest is for Python and the system."""

MEMORY_AT_LEAST_MB = 2000

MEMORY_OF_A_NIGHT = "2100MB"
"""All of Iv3 is built, proved and published in this; with more, DuckDB keeps what it can write."""

_MEMORY = re.compile(r"(\d+(?:\.\d+)?)\s?([KMGT])(i?)B", re.IGNORECASE)


def _absolute(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except RuntimeError as error:  # a home of nobody, links that lead to each other
        raise ValueError(str(error)) from error


def _memory(text: str) -> str:
    if not _MEMORY.fullmatch(text):
        raise ValueError("expected a number and a unit, such as 2GB")
    return text


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


class Settings(BaseModel):
    """Where things are and what DuckDB may use; every field is a `DOELENBOOM_` variable.

    `data_dir` is the root of `inbox/` (what people drop) and of everything written: `landing/`
    (what sources sent), `raw/` (the same, parsed), `warehouse/` (the build), `published/` (what
    readers open) and `state/` (Dagster home, logs, locks, fetches under way).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Annotated[Path, AfterValidator(_absolute)] = PROJECT_DIR / "data"
    memory_limit: Annotated[str, AfterValidator(_memory)] = Field(default_factory=_share_of_memory)
    threads: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    spill_dir: Annotated[Path | None, AfterValidator(lambda p: p and _absolute(p))] = None
    benchmarks_dir: Annotated[Path | None, AfterValidator(lambda p: p and _absolute(p))] = None
    cbs_url: Annotated[str, AfterValidator(_base_url)] = "https://opendata.cbs.nl"
    cbs_iv3_url: Annotated[str, AfterValidator(_base_url)] = "https://dataderden.cbs.nl"
    keep_releases: int = Field(default=30, ge=1, le=36_500)
    serve_token: SecretStr | None = None

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
        raise RefusedError(f"{name} is {first['input']!r}: {why}") from error
