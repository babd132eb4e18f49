"""What a release is made from: the files that decide its figures, and one fingerprint of them.

Reads the repository only; what is done with an unchanged fingerprint is for the caller.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from doelenboom.publication.manifest import InputFile, Release
from doelenboom.storage.files import refusing, sha256_file

INPUT_GLOBS = (
    "seeds/**/*",
    "models/**/*",
    "macros/**/*",
    "tests/data/**/*",
    "dbt_project.yml",
    "profiles.yml",
    "src/**/*",
    "orchestration/**/*",
    "dashboard/**/*",
    "requirements/run.lock",
)
BUNDLED = "seeds/benchmarks"


def collect_inputs(project_dir: Path, bundled_dir: Path | None = None) -> list[InputFile]:
    """Hash every input file of the project, sorted by path.

    The Parquet files of `bundled_dir` take the place of those that the project bundles: each is
    named by its place there, with the hash of what is read. Hidden files and folders (a linter's
    cache) and compiled bytecode are no inputs.
    Raises `RefusedError` when a file cannot be read.
    """
    with refusing("The inputs cannot be read"):
        found = {path for pattern in INPUT_GLOBS for path in project_dir.glob(pattern)}
        names = {path.relative_to(project_dir) for path in found if path.is_file()}
        files = [_hashed(project_dir / name, name) for name in filter(_counts, names)]
        bundled = bundled_dir.glob("*.parquet") if bundled_dir else ()
        replaced = [_hashed(path, Path(BUNDLED, path.name)) for path in bundled]
        by_path = {file.path: file for file in (*files, *replaced)}
        return sorted(by_path.values(), key=lambda file: file.path)


def hash_inputs(root: Path, paths: Iterable[Path]) -> list[InputFile]:
    """Hash files below a folder, each named by its path from there, sorted by it.

    Raises `RefusedError` when a file cannot be read.
    """
    with refusing("The inputs cannot be read"):
        files = [_hashed(path, path.relative_to(root)) for path in paths]
        return sorted(files, key=lambda file: file.path)


def _hashed(path: Path, name: Path) -> InputFile:
    text = os.fsencode(name.as_posix()).decode("utf-8", "replace")
    return InputFile(text, path.stat().st_size, sha256_file(path))


def _counts(name: Path) -> bool:
    return not any(part.startswith(".") or part == "__pycache__" for part in name.parts)


def fingerprint(
    inputs: Iterable[InputFile], versions: Mapping[str, str], freshness: Mapping[str, str]
) -> str:
    """Hash paths and contents of the inputs with the versions of the tools (SHA-256, hex).

    `freshness` is what readers are told of each source that is asked at night.
    """
    facts = {
        "inputs": sorted([file.path, file.sha256] for file in inputs),
        "versions": dict(versions),
        "freshness": dict(freshness),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def is_unchanged(inputs_fingerprint: str, current: Release | None, published: Path) -> bool:
    """Tell whether what is published was made from these inputs and is still as it was sealed.

    A published file that is missing, or whose bytes are not those of the manifest, counts as
    changed. Raises `RefusedError` when it cannot be read.
    """
    if current is None or current.fingerprint != inputs_fingerprint or not published.is_file():
        return False
    with refusing(f"{published} cannot be read"):
        return sha256_file(published) == current.database_sha256
