"""A clone of the project with its own environment and data folder, and the commands to measure."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import MeasuredCommand, Spent

STARTS = {"--help": ("--help",), "query": ("query", "select 1"), "releases": ("releases",)}


@dataclass(frozen=True)
class Clone:
    """`landed` is what its data folder begins as; none for the bundled figures."""

    name: str
    folder: Path
    data: Path
    landed: Path | None

    @property
    def published(self) -> Path:
        """The file that readers open."""
        return self.data / "published" / "doelenboom.duckdb"

    def night(self) -> Spent:
        """Run a full night, in the folder as it is."""
        if not self.data.exists():
            self.begin()
        return self._command("doelenboom", "run", "--full").run()

    def first_night(self) -> Spent:
        """Run a full night as the first one in its folder."""
        shutil.rmtree(self.data, ignore_errors=True)
        return self.night()

    def begin(self) -> None:
        """Make the data folder as it is before the first night."""
        if self.landed:
            shutil.copytree(self.landed, self.data)
        else:
            self.data.mkdir(parents=True)

    def unchanged(self) -> Spent:
        """Run a night in which nothing changed."""
        return self._command("doelenboom", "run").run()

    def dbt_build(self) -> Spent:
        """Build beside the night's own warehouse, from the raw tables that the night made."""
        beside = self.data.with_name(f"{self.data.name}-dbt")
        if not beside.exists():
            shutil.copytree(self.data / "raw", beside / "raw")
            (beside / "warehouse").mkdir()
            (beside / "state" / "spill").mkdir(parents=True)
        places = ("--project-dir", self.folder, "--profiles-dir", self.folder)
        logs = ("--target-path", beside / "target", "--log-path", beside / "logs")
        words = ("build", "--exclude", "data_quality", *places, *logs)
        return MeasuredCommand([self._tool("dbt"), *words], self.folder, beside).run()

    def starts(self) -> dict[str, Callable[[], Spent]]:
        """Give the commands of which it counts how soon they answer."""
        return {
            f"{self.name} {name}": self._command("doelenboom", *words).run
            for name, words in STARTS.items()
        }

    def _command(self, tool: str, *words: str) -> MeasuredCommand:
        return MeasuredCommand([self._tool(tool), *words], self.folder, self.data)

    def _tool(self, name: str) -> Path:
        return self.folder / ".venv" / "bin" / name
