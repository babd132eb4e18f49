"""dbt in this process: parse, build and document the project, results as plain values.

May not know Dagster, and holds no SQL. The only place that writes the environment, because
`profiles.yml` and the models read it through `env_var`.
"""

import json
import os
from collections.abc import Sequence
from contextlib import chdir
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.settings import Settings
from orchestration.home import prepare_folders

MANIFEST = "manifest.json"
RESULTS = "dbt_results.json"
FAILED = frozenset({"error", "fail", "runtime error"})


@dataclass(frozen=True)
class NodeResult:
    """What dbt did with one node.

    `status` is dbt's word (`success, pass, warn, fail, error, skipped`), `failures` the
    number of offending rows of a test, `severity` `error` or `warn`, `about` the unique id of
    the node that a test is about, `seconds` the time it took.
    """

    unique_id: str
    name: str
    resource_type: str
    status: str
    seconds: float
    message: str = ""
    failures: int | None = None
    severity: str = "error"
    about: str = ""

    @property
    def is_test(self) -> bool:
        return self.resource_type == "test"

    @property
    def model(self) -> str:
        """The name of the node that this result is about."""
        return self.about.rsplit(".", 1)[-1] if self.about else self.name

    @property
    def failed(self) -> bool:
        return self.status in FAILED


def manifest_path(settings: Settings) -> Path:
    """Say where `parse` leaves the manifest."""
    return settings.dbt_target_dir / MANIFEST


def read_manifest(path: Path) -> dict[str, Any]:
    """Read a manifest. Raises RefusedError when the project was not parsed yet."""
    if not path.is_file():
        raise RefusedError(f"{path} does not exist: start through `make dagster` or `doelenboom`")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def parse(settings: Settings) -> Path:
    """Parse the project and return the path of its manifest.

    Raises RefusedError with dbt's first sentence when the project does not parse.
    """
    _invoke(settings, ["parse"])
    return manifest_path(settings)


def build(
    settings: Settings, select: Sequence[str] = (), exclude: Sequence[str] = ()
) -> tuple[NodeResult, ...]:
    """Build seeds, models and data tests; dbt unit tests belong to `make test`.

    Without `select` the warehouse is begun anew: all of it comes from seeds and models, so a
    damaged file and what is no longer declared go with the old one.
    Returns the results of all nodes, also of the failed and skipped ones. Raises
    RefusedError only when dbt could not start building.
    """
    if not select:
        _begin_anew(settings.warehouse)
    arguments = ["build", "--exclude-resource-type", "unit_test"]
    arguments += ["--select", *select] if select else []
    arguments += ["--exclude", *exclude] if exclude else []
    outcome = _invoke(settings, arguments)
    return tuple(_node_result(result) for result in outcome.results)


def save_results(
    settings: Settings, results: Sequence[NodeResult], keep_others: bool = False
) -> None:
    """Keep the results for the arrow that publishes them.

    `keep_others` leaves those of nodes that were not built this time as they were.
    """
    path = settings.checks_dir / RESULTS
    path.parent.mkdir(parents=True, exist_ok=True)
    others = read_results(settings) if keep_others and path.is_file() else ()
    kept = {result.unique_id: asdict(result) for result in (*others, *results)}
    path.write_text(json.dumps(list(kept.values())), encoding="utf-8")


def read_results(settings: Settings) -> tuple[NodeResult, ...]:
    """Read what `save_results` kept. Raises RefusedError when dbt did not build yet."""
    path = settings.checks_dir / RESULTS
    if not path.is_file():
        raise RefusedError(f"{path} does not exist: build the dbt models first")
    return tuple(NodeResult(**row) for row in json.loads(path.read_text(encoding="utf-8")))


def document(settings: Settings) -> Path:
    """Write the documentation site as one HTML file and return its path."""
    _invoke(settings, ["docs", "generate", "--static"])
    return settings.dbt_target_dir / "static_index.html"


def _invoke(settings: Settings, arguments: list[str]) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    _export(settings)
    with chdir(settings.project_dir):
        try:
            outcome = dbtRunner().invoke([*arguments, *_common_arguments(settings)])
        finally:
            DuckDBConnectionManager.close_all_connections()
    if outcome.exception is not None and not isinstance(outcome.exception, Exception):
        raise outcome.exception  # an interrupt, which dbt hands over like an error
    if outcome.exception is not None:
        raise RefusedError(_sentence(str(outcome.exception))) from outcome.exception
    if outcome.result is None:
        raise RefusedError(f"dbt {arguments[0]} ended without a result; see {settings.log_dir}")
    return outcome.result


def _begin_anew(warehouse: Path) -> None:
    for path in (warehouse, warehouse.with_name(f"{warehouse.name}.wal")):
        path.unlink(missing_ok=True)


def _common_arguments(settings: Settings) -> list[str]:
    project = str(settings.project_dir)
    return [
        *("--project-dir", project, "--profiles-dir", project),
        *("--target-path", str(settings.dbt_target_dir), "--log-path", str(settings.log_dir)),
        *("--log-level", "none", "--log-level-file", "info", "--no-print", "--no-use-colors"),
        *("--no-send-anonymous-usage-stats", "--no-version-check"),
    ]


def _export(settings: Settings) -> None:
    prepare_folders(settings)
    os.environ.update(  # noqa: TID251 (handed on to profiles.yml and the models)
        DOELENBOOM_DATA_DIR=str(settings.data_dir),
        DOELENBOOM_MEMORY_LIMIT=settings.memory_limit,
        DOELENBOOM_THREADS=str(settings.threads),
        DOELENBOOM_SPILL_DIR=str(settings.effective_spill_dir),
    )


def _node_result(result: Any) -> NodeResult:
    node = result.node
    about = getattr(node, "attached_node", None) or next(iter(node.depends_on_nodes), "")
    return NodeResult(
        unique_id=node.unique_id,
        name=node.name,
        resource_type=str(node.resource_type),
        status=str(result.status),
        seconds=result.execution_time,
        message=_sentence(result.message or ""),
        failures=result.failures,
        severity=str(getattr(node.config, "severity", "error")).lower(),
        about=about if node.resource_type == "test" else "",
    )


def _sentence(text: str) -> str:
    return " ".join(text.split())
