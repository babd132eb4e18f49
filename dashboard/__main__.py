"""Serve the site of the current release on this machine: `python -m dashboard`.

`--write FOLDER` writes a site from the published file instead, to look at while working on it.
"""

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from dashboard.site import make_site
from doelenboom.errors import DoelenboomError, RefusedError
from doelenboom.publication.reading.releases import published_release
from doelenboom.settings import load_settings
from doelenboom.storage.resources import DuckDBResources

HOST, PORT = "127.0.0.1", 8300


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, without a line on the screen for each."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until Ctrl-C, or write to the folder that is named."""
    try:
        settings = load_settings()
        release = published_release(settings.published, settings.releases_dir)
        match sys.argv[1:]:
            case ["--write", target]:
                folder = Path(target)
                folder.mkdir(parents=True)
                resources = DuckDBResources(
                    settings.memory_limit, settings.threads, settings.effective_spill_dir
                )
                make_site(release, None, folder, resources)
            case _:
                _serve(release.folder / "site")
    except DoelenboomError as error:
        sys.exit(f"doelenboom: {error}")


def _serve(site: Path) -> None:
    if not (site / "index.html").is_file():
        raise RefusedError(f"there is no site in {site}: `doelenboom run` makes it")
    with ThreadingHTTPServer((HOST, PORT), partial(Handler, directory=site)) as server:
        print(f"http://{HOST}:{PORT}/index.html   (Ctrl-C stops)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
