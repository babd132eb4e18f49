"""Write the documentation site and say where it is: `python -m orchestration.docs`."""

import shutil
import sys

from doelenboom.errors import DoelenboomError
from doelenboom.lock import only_writer
from doelenboom.settings import load_settings
from orchestration.dbt import document
from orchestration.run_context import data_docs_dir


def main() -> None:
    """Write dbt's documentation as one HTML file, and name it and the Data Docs."""
    try:
        settings = load_settings()
        docs_dir = settings.state_dir / "docs"
        docs_dir.mkdir(parents=True, exist_ok=True)
        with only_writer(settings.state_dir):
            models = shutil.copyfile(document(settings), docs_dir / "dbt.html")
    except DoelenboomError as error:
        sys.exit(f"doelenboom: {error}")
    print(f"Models and columns: {models}")
    print(f"Checks of the last night: {data_docs_dir(settings) / 'index.html'}")


if __name__ == "__main__":
    main()
