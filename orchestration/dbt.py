"""dbt in this process: parse, build and document the project, results as plain values.

May not know Dagster, and holds no SQL. The only place that writes the environment, because
`profiles.yml` and the models read it through `env_var`.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.folders import prepare_folders
from doelenboom.ingestion.accounts import prepare_accounts
from doelenboom.settings import Settings
from doelenboom.storage.resources import DuckDBResources
from doelenboom.validation.outcomes import Severity
from doelenboom.validation.warehouse_rows import WarehouseRows, warehouse_rows

MANIFEST = "manifest.json"
RESULTS = "dbt_results.json"
FAILED = frozenset({"error", "fail", "runtime error"})
CONSTRAINT = "Constraint Error"
"""How DuckDB begins to say that rows break a key or leave a column empty."""
NO_MEMORY = "Out of Memory Error"
"""How it begins to say that what it may use did not do."""

_PARSED: dict[Path, Any] = {}
"""What `parse` made of a project, by its folder."""


@dataclass(frozen=True)
class NodeResult:
    """What dbt did with one node.

    `status` is dbt's word (`success, pass, warn, fail, error, skipped`), `failures` the
    number of offending rows of a test, `severity` `error` or `warn`, `about` the unique id of
    the node that a test is about, `seconds` the time it took. `message` is the first offender
    where a test failed, what broke where rows broke a constraint, else dbt's own. `examined` is
    the number of rows that a table has or a test has read, None where nobody counted.
    """

    unique_id: str
    name: str
    resource_type: str
    status: str
    seconds: float
    message: str = ""
    failures: int | None = None
    severity: Severity = "error"
    about: str = ""
    examined: int | None = None

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


def constrained(node: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """List the columns of the key that a table enforces, and those that it lets nobody leave empty.

    `node` is that of a model as the manifest has it.
    """
    keys = (item["columns"] for item in node["constraints"] if item["type"] == "primary_key")
    filled = [
        column["name"]
        for column in node["columns"].values()
        if any(item["type"] == "not_null" for item in column["constraints"])
    ]
    return next(keys, []), filled


def parse(settings: Settings) -> Path:
    """Parse the project and return the path of its manifest.

    What was parsed is kept for the builds of this process, which then need not parse it again.
    Raises RefusedError with dbt's first sentence when the project does not parse.
    """
    _PARSED[settings.project_dir] = _invoke(settings, ["parse"])
    return manifest_path(settings)


def build(
    settings: Settings, select: Sequence[str] = (), exclude: Sequence[str] = ()
) -> tuple[NodeResult, ...]:
    """Build seeds, models and data tests; dbt unit tests belong to `make test`.

    Without `select` the warehouse is begun anew: all of it comes from seeds and models, so a
    damaged file and what is no longer declared go with the old one.
    What found no memory beside another node, and what waited for it, is built again one by one.
    Returns the results of all nodes, also of the failed and skipped ones. Raises
    RefusedError only when dbt could not start building.
    """
    if not select:
        _begin_anew(settings.warehouse)
    results = _build(settings, *_option("--select", select), *_option("--exclude", exclude))
    if any(NO_MEMORY in (result.message or "") for result in results):
        again = [result for result in results if str(result.status) in (*FAILED, "skipped")]
        names = [result.node.name for result in again]
        results = [result for result in results if result not in again]
        results += _build(settings, "--threads", "1", "--select", *names)
    with _built(settings) as built:
        counts = built.counts(_relations(results))
        return tuple(_node_result(result, counts, built) for result in results)


def _build(settings: Settings, *options: str) -> list[Any]:
    """Have dbt build, and return its own results."""
    arguments = ["build", "--exclude-resource-type", "unit_test", "--no-write-json", *options]
    return list(_invoke(settings, arguments, _PARSED.get(settings.project_dir)).results)


def _option(name: str, values: Sequence[str]) -> list[str]:
    return [name, *values] if values else []


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


def _invoke(settings: Settings, arguments: list[str], manifest: Any = None) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    _export(settings)
    with chdir(settings.project_dir):
        try:
            outcome = dbtRunner(manifest=manifest).invoke(
                [*arguments, *_common_arguments(settings)]
            )
        finally:
            DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    if outcome.exception is not None and not isinstance(outcome.exception, Exception):
        raise outcome.exception  # an interrupt, which dbt hands over like an error
    if outcome.exception is not None:
        raise RefusedError(_sentence(str(outcome.exception))) from outcome.exception
    if outcome.result is None:
        raise RefusedError(f"dbt {arguments[0]} ended without a result; see {settings.log_dir}")
    return outcome.result


@contextmanager
def _built(settings: Settings) -> Iterator[WarehouseRows]:
    resources = DuckDBResources(
        settings.night_memory, settings.threads, settings.effective_spill_dir
    )
    with chdir(settings.project_dir), warehouse_rows(settings.warehouse, resources) as built:
        yield built


def _begin_anew(warehouse: Path) -> None:
    for path in (warehouse, warehouse.with_name(f"{warehouse.name}.wal")):
        path.unlink(missing_ok=True)


def _common_arguments(settings: Settings) -> list[str]:
    project = str(settings.project_dir)
    return [
        *("--project-dir", project, "--profiles-dir", project, "--target", "prod"),
        *("--target-path", str(settings.dbt_target_dir), "--log-path", str(settings.log_dir)),
        *("--log-level", "none", "--log-level-file", "info", "--no-print", "--no-use-colors"),
        *("--no-send-anonymous-usage-stats", "--no-version-check"),
    ]


def _export(settings: Settings) -> None:
    prepare_folders(settings)
    prepare_accounts(settings)
    os.environ.update(  # noqa: TID251 (handed on to profiles.yml and the models)
        DOELENBOOM_DATA_DIR=str(settings.data_dir),
        DOELENBOOM_MEMORY_LIMIT=settings.night_memory,
        DOELENBOOM_THREADS=str(settings.threads),
        DOELENBOOM_SPILL_DIR=str(settings.effective_spill_dir),
        DOELENBOOM_BENCHMARKS_DIR=str(settings.bundled_dir),
        DOELENBOOM_IN_FORCE_DIR=str(settings.in_force_dir),
    )


def _relations(results: Sequence[Any]) -> dict[str, str]:
    """Name what was built and can be counted, by unique id."""
    nodes = (result.node for result in results)
    return {node.unique_id: node.relation_name for node in nodes if node.resource_type == "model"}


def _node_result(result: Any, counts: Mapping[str, int], built: WarehouseRows) -> NodeResult:
    node = result.node
    is_test = node.resource_type == "test"
    attached = getattr(node, "attached_node", None)
    read = [attached] if attached else node.depends_on_nodes if is_test else [node.unique_id]
    counted = [counts[unique_id] for unique_id in read if unique_id in counts]
    return NodeResult(
        unique_id=node.unique_id,
        name=node.name,
        resource_type=str(node.resource_type),
        status=str(result.status),
        seconds=result.execution_time,
        message=_message(result, built),
        failures=result.failures,
        severity="warn" if str(getattr(node.config, "severity", "")).lower() == "warn" else "error",
        about=next(iter(read), "") if is_test else "",
        examined=sum(counted) if counted else None,
    )


def _message(result: Any, built: WarehouseRows) -> str:
    """Say in figures what a test found or a table could not hold; else give dbt's own words."""
    node, said = result.node, _sentence(result.message or "")
    if result.failures and node.compiled_code:
        return built.first(node.compiled_code)
    if node.resource_type == "model" and CONSTRAINT in said:
        key, filled = constrained(node.to_dict())
        return built.broken_constraints(node.compiled_code, key, filled) or said
    return said


def _sentence(text: str) -> str:
    return " ".join(text.split())
