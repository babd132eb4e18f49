"""The project without what compares municipalities, and chapters of others to add to its seeds."""

import csv
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.package.parts import part_rows
from doelenboom.validation.suites import SUITES
from orchestration.run import NightOutcome, run_night
from tests.integration.small_night import SmallSettings, make_small_site

COPIED = ("dbt_project.yml", "profiles.yml", "models", "macros", "seeds", "tests/data")
LEFT_OUT = (
    *(
        "models/intermediate/boundaries",
        "models/intermediate/comparison",
        "models/intermediate/iv3",
    ),
    *("models/intermediate/peers", "models/intermediate/position"),
    *("models/intermediate/prices", "models/marts/benchmarks", "models/marts/position"),
    "models/intermediate/programmes/int_programmes__products_allocated.sql",
    "models/intermediate/trust/int_trust__source_facts.sql",
    "models/marts/_exposures.yml",
    *(
        f"models/marts/trust/{name}.{kind}"
        for name in (
            *("coverage", "documents", "figure_derivations"),
            *("source_facts", "source_facts_storage", "source_pages"),
        )
        for kind in ("sql", "yml")
    ),
    "tests/data/boundaries_conserve_what_was_delivered.sql",
    "tests/data/every_mapped_product_is_bridged.sql",
    "tests/data/every_landed_source_has_its_page.sql",
    "tests/data/every_product_is_allocated_whole.sql",
    "tests/data/every_landed_amount_is_published.sql",
)
KEPT_OF_REFERENCE = ("dim_municipality.sql", "dim_municipality.yml")
MARTS = (
    *("action_points", "chapter_facts", "chapter_parts", "dim_municipality", "forecasts"),
    *("goal_tree", "indicator_results", "programme_finance", "programme_results"),
    *("reconciliation", "variance_explanations"),
)


Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Chapter:
    """A chapter of a municipality that is not bundled: what it prints, by file of the package."""

    municipality_code: str
    fiscal_year: int
    programme_code: str
    tables: Mapping[str, Rows]

    @property
    def document(self) -> str:
        """The name of the file that it would have been read from."""
        return f"{self.municipality_code}_{self.fiscal_year}.txt"

    def rows(self) -> dict[str, list[dict[str, object]]]:
        """Give its rows by file, each with the key and the document."""
        key = {
            "municipality_code": self.municipality_code,
            "fiscal_year": self.fiscal_year,
            "programme_code": self.programme_code,
        }
        source = {**key, "source_document": self.document, "source_line": 1}
        name = "Zorg en welzijn"
        programme = {
            "programme_name": name,
            "document_type": "jaarstukken",
            "value_status": "reported",
        }
        document = {"name": self.document, "title": name, "sha256": "0" * 64, "line_count": 90}
        printed = {
            table: [{**source, "value_status": "reported", **row} for row in rows]
            for table, rows in self.tables.items()
        }
        return {
            "programmes": [{**source, **programme}],
            "documents": [{**source, **document}],
            **printed,
            "chapter_parts": [dict(row) for row in part_rows(source, printed)],
        }


def add_chapter(project: Path, chapter: Chapter) -> None:
    """Write the rows of a chapter below those of the seeds of a project."""
    for table, rows in chapter.rows().items():
        path = project / "seeds" / "accounts" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def make_chapters_project(root: Path) -> SmallSettings:
    """Put the models, checks and seeds of the accounts below a folder."""
    project = root / "project"
    for part in COPIED:
        copy = shutil.copytree if (PROJECT_DIR / part).is_dir() else shutil.copy
        (project / part).parent.mkdir(parents=True, exist_ok=True)
        copy(PROJECT_DIR / part, project / part)
    for part in LEFT_OUT:
        path = project / part
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (project / "models" / "marts" / "reference").iterdir():
        if path.name not in KEPT_OF_REFERENCE:
            path.unlink()
    return SmallSettings(data_dir=root / "data", threads=2)


def chapters_night(settings: SmallSettings) -> NightOutcome:
    """Run a night with our own suites of the tables that there are."""
    chosen = {table: SUITES[table] for table in MARTS}
    return run_night(settings, suites=chosen, make_site=make_small_site)
