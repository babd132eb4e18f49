"""The folder that a site is written to: each address once."""

from collections.abc import Iterable
from pathlib import Path

from dashboard.pages import Page

STATIC = Path(__file__).with_name("static")


class SiteFolder:
    """An empty folder that is filled. Raises `ValueError` for an address written before."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._written: set[str] = set()
        self._folders: set[Path] = set()

    def write(self, pages: Iterable[Page]) -> None:
        """Write pages and other files of text, each at its address."""
        for page in pages:
            self._take(page.path).write_bytes(page.text.encode())

    def copy_static(self) -> None:
        """Put the stylesheet, the scripts and the fonts under `static/`."""
        for source in sorted(path for path in STATIC.rglob("*") if path.is_file()):
            target = self._take(f"static/{source.relative_to(STATIC).as_posix()}")
            target.write_bytes(source.read_bytes())

    def _take(self, path: str) -> Path:
        if path in self._written:
            raise ValueError(f"the site has two pages at {path}")
        self._written.add(path)
        file = self._root / path
        if file.parent not in self._folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(file.parent)
        return file
