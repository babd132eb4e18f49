"""One reader of the published file: opens it again and again, and hashes all it holds.

Run as a process by `test_readers_while_publishing`: prints a line of JSON per answer, until it is
told to stop by the end of its standard input.
"""

import hashlib
import json
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb


def main(published: str, keys_json: str, answers_per_connection: int) -> None:
    """Read until standard input ends; 0 answers per connection means: never open it again."""
    keys: dict[str, list[str]] = json.loads(keys_json)
    stop = threading.Event()
    threading.Thread(target=_until_told, args=(stop,), daemon=True).start()
    connections = 0
    with tempfile.TemporaryDirectory() as scratch:
        while not stop.is_set():
            opened = time.monotonic()
            with duckdb.connect(published, read_only=True) as connection:
                connections += 1
                answers = 0
                while not stop.is_set() and answers != (answers_per_connection or -1):
                    answers += 1
                    content = content_hash(connection, keys, Path(scratch))
                    line = {"connection": connections, "opened": opened, "content_hash": content}
                    print(json.dumps(line), flush=True)  # noqa: T201 (what the test reads)


def _until_told(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


def content_hash(
    connection: duckdb.DuckDBPyConnection, keys: Mapping[str, Sequence[str]], scratch: Path
) -> str:
    """Hash the tables that have these keys as the contract says, in the words of a reader."""
    lines = []
    for name in sorted(keys):
        path = scratch / "table.csv"
        connection.execute(
            f"copy (from marts.{name} order by {', '.join(keys[name])}) to '{path}' (header true)"
        )
        lines.append(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
