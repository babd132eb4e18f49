"""The night on a project small enough to build in seconds, in this process or in one of its own."""

import shutil
from pathlib import Path

from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.releases import current_release
from doelenboom.settings import PROJECT_DIR, Settings
from doelenboom.validation.expecting import Suite, has_rows
from orchestration.job import OnStep
from orchestration.run import NightOutcome, run_night


class SmallSettings(Settings):
    """Settings whose project stands beside its data folder."""

    @property
    def project_dir(self) -> Path:
        return self.data_dir.parent / "project"


def suites(at_least: int = 1) -> dict[str, Suite]:
    return {"programme_results": lambda: [has_rows("programme_results", at_least)]}


def make_small_site(release: Release, before: Release | None, folder: Path) -> None:
    """Stand in for our pages, which show more tables than the small project has."""
    (folder / "index.html").write_text(f"<p>{release.content_hash}</p>", encoding="utf-8")
    (folder / "static").mkdir()
    (folder / "static" / "site.css").write_text("p { margin: 0 }", encoding="utf-8")


def make_small_project(root: Path) -> SmallSettings:
    """Put the small project below a folder; its data will stand beside it."""
    project = root / "project"
    shutil.copytree(Path(__file__).with_name("small_project"), project)
    shutil.copytree(PROJECT_DIR / "seeds", project / "seeds", dirs_exist_ok=True)
    shutil.copy(PROJECT_DIR / "profiles.yml", project)
    return SmallSettings(data_dir=root / "data", threads=2)


def night(settings: Settings, full: bool = False, at_least: int = 1) -> NightOutcome:
    return run_night(settings, full=full, suites=suites(at_least), make_site=make_small_site)


def full_night(settings: Settings, on_step: OnStep = lambda step: None) -> None:
    """Run a whole night; what a process of its own is started with."""
    run_night(settings, full=True, on_step=on_step, suites=suites(), make_site=make_small_site)


def table_hashes(settings: Settings) -> dict[str, str]:
    """Give the content hash of each table that readers see now."""
    release = current_release(settings.published, settings.releases_dir)
    assert release is not None
    return {table.name: table.sha256 for table in release.tables}
