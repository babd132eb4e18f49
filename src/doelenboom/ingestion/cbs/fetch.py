"""CBS asked, landed and turned into raw tables, in that order; the only place where the three meet.

Each table is fetched into a draft and landed as a whole or not at all. What fails is told and
leaves the others, and all that was landed before, as it was.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from doelenboom.errors import RefusedError
from doelenboom.folders import prepare_folders
from doelenboom.ingestion.cbs.landed import SOURCE, attempts_path, refresh_raw
from doelenboom.landing.delivery import Delivery, Header, LandedPage
from doelenboom.landing.draft import Draft, open_draft
from doelenboom.landing.freshness import record_attempts
from doelenboom.landing.guards import refuse_shrunken
from doelenboom.landing.store import latest
from doelenboom.lock import only_writer
from doelenboom.raw.parquet import PartWriter, hand_over
from doelenboom.settings import Settings
from doelenboom.sources.cbs.catalog import FoundTable, find_tables, read_catalog
from doelenboom.sources.cbs.client import PARALLEL_REQUESTS, CbsClient
from doelenboom.sources.cbs.datasets import DATASETS
from doelenboom.sources.cbs.declaring import Dataset, Service
from doelenboom.sources.cbs.faults import ContentError
from doelenboom.sources.cbs.pages import Page, Row
from doelenboom.sources.cbs.plan import Part, code_parts, properties_part, rows_part
from doelenboom.sources.cbs.reading import read_part

NOT_LISTED = "the catalog lists no table under its title any more"

Outcome = Literal["landed", "unchanged", "absent", "failed"]
TABLE_SECONDS = 3_600.0
"""Seconds in which a table, or a catalog, is whole; what came of it waits for the next fetch."""

Years = Collection[int]
"""Fiscal years that are wanted; empty for all that are declared."""


@dataclass(frozen=True)
class FetchResult:
    """What came of one table, or of one dataset and year that has none.

    `rows` are those of the delivery that is current now; `failure` is one sentence.
    """

    dataset: str
    year: int | None
    table: str | None
    outcome: Outcome
    rows: int | None = None
    failure: str | None = None


OnRows = Callable[[str, int], None]
"""Hears a table's name and the rows of each page as it is kept."""


def fetch_cbs(
    settings: Settings,
    datasets: Sequence[Dataset] = DATASETS,
    years: Years = (),
    *,
    accept_shrunken: bool = False,
    of_a_night: bool = False,
    on_rows: OnRows = lambda table, rows: None,
) -> list[FetchResult]:
    """Fetch what changed of the datasets, land it, and bring raw up to date.

    A failure stays on record for readers only when it is `of_a_night`: who fetches by hand hears
    it, and what is published stays as it is. `accept_shrunken` lands also what the guards would
    refuse as shrunken. Faults of CBS are results of their table, and no error. Raises
    RunActiveError when another run is active, RefusedError when our own folders or files cannot be
    used.
    """
    prepare_folders(settings)
    with only_writer(settings.state_dir):
        results = _fetch_all(settings, datasets, years, accept_shrunken, on_rows)
        landed = settings.landing_dir / SOURCE
        failures = {
            dataset.name: _first_failure(results, dataset.name, (landed / dataset.name).is_dir())
            for dataset in datasets
        }
        told = {
            name: failure for name, failure in failures.items() if of_a_night or failure is None
        }
        record_attempts(attempts_path(settings), told)
        if any(item.outcome == "landed" for item in results):
            refresh_raw(settings)
    return sorted(results, key=lambda item: (item.dataset, item.year or 0))


def _first_failure(results: Sequence[FetchResult], name: str, is_landed: bool) -> str | None:
    """Say what is wrong with a dataset; one that landed and is listed no longer was renamed."""
    of_it = [result for result in results if result.dataset == name]
    gone = is_landed and any(it.outcome == "absent" and it.year is None for it in of_it)
    return next((it.failure for it in of_it if it.failure), NOT_LISTED if gone else None)


def _fetch_all(
    settings: Settings,
    datasets: Sequence[Dataset],
    years: Years,
    accept_shrunken: bool,
    on_rows: OnRows,
) -> list[FetchResult]:
    """Ask each catalog once, then fetch tables side by side, a few at a time."""
    results: list[FetchResult] = []
    with ExitStack() as stack:
        clients = {
            service: stack.enter_context(CbsClient(_base_url(settings, service)))
            for service in {dataset.service for dataset in datasets}
        }
        wanted = [
            (clients[dataset.service], table)
            for dataset, found in _found(clients, datasets, results)
            for table in _of_years(dataset, found, years, results)
        ]
        pool = ThreadPoolExecutor(PARALLEL_REQUESTS)
        stack.callback(_stop, clients.values(), pool)
        tasks = {
            pool.submit(_fetch, settings, client, table, accept_shrunken, on_rows): table
            for client, table in wanted
        }
        results += [_result_of(task, tasks[task]) for task in as_completed(tasks)]
    return results


def _stop(clients: Collection[CbsClient], pool: ThreadPoolExecutor) -> None:
    """End what is under way, when interrupted without waiting for an answer that is not there yet.

    A fetch that was stopped lands nothing any more, and the next one goes on with it.
    """
    for client in clients:
        client.cancelled.set()
    pool.shutdown(wait=False, cancel_futures=True)


def _base_url(settings: Settings, service: Service) -> str:
    return {Service.iv3: settings.cbs_iv3_url, Service.open_data: settings.cbs_url}[service]


def _found(
    clients: Mapping[Service, CbsClient], datasets: Sequence[Dataset], results: list[FetchResult]
) -> Iterator[tuple[Dataset, list[FoundTable]]]:
    """Find the tables of each dataset in the catalog of its service."""
    for service, client in clients.items():
        of_service = [dataset for dataset in datasets if dataset.service == service]
        try:
            catalog = read_catalog(client.within(TABLE_SECONDS))
        except RefusedError as error:
            results += [
                FetchResult(dataset.name, None, None, "failed", failure=str(error))
                for dataset in of_service
            ]
            continue
        for dataset in of_service:
            try:
                yield dataset, find_tables(catalog, dataset)
            except ContentError as error:
                results.append(FetchResult(dataset.name, None, None, "failed", failure=str(error)))


def _of_years(
    dataset: Dataset, found: Sequence[FoundTable], years: Years, results: list[FetchResult]
) -> list[FoundTable]:
    """Keep the tables of the wanted years; tell what the catalog does not list.

    A table that holds many years is fetched whole.
    """
    listed = {table.year for table in found}
    if not found and not (dataset.yearly and years):
        results.append(FetchResult(dataset.name, None, None, "absent"))
    if not (dataset.yearly and years):
        return list(found)
    missing = sorted(set(years) - listed)
    results += [FetchResult(dataset.name, year, None, "absent") for year in missing]
    return [table for table in found if table.year in years]


def _result_of(task: Future[FetchResult], table: FoundTable) -> FetchResult:
    try:
        return task.result()
    except RefusedError as error:
        name, year = table.dataset.name, table.year
        return FetchResult(name, year, table.identifier, "failed", failure=str(error))


def _fetch(
    settings: Settings,
    client: CbsClient,
    table: FoundTable,
    accept_shrunken: bool,
    on_rows: OnRows,
) -> FetchResult:
    """Fetch one table and land it, unless the landed delivery is what the source has now."""
    dataset = table.dataset
    earlier = latest(settings.landing_dir, SOURCE, dataset.name, table.identifier)
    if (
        earlier is not None
        and earlier.header.modified == table.modified
        and _is_whole(earlier, dataset)
    ):
        return _landed(table, "unchanged", earlier)
    draft = open_draft(settings.attempts_dir, _header(client, table), earlier)
    raw_file = draft.folder.with_name(f"{table.identifier}.parquet")
    try:
        _fetch_parts(client.within(TABLE_SECONDS), table, draft, raw_file, on_rows)
    except ContentError:
        draft.discard()
        raise
    if not accept_shrunken:
        name = table.identifier
        refuse_shrunken(name, draft.parts, dataset.rows_table, earlier, dataset.largest_drop)
    client.refuse_when_cancelled()
    delivery = draft.land(settings.landing_dir, datetime.now(UTC))
    hand_over(raw_file, settings.raw_dir / SOURCE, dataset.rows_table)
    return _landed(table, "landed", delivery)


def _landed(table: FoundTable, outcome: Outcome, delivery: Delivery) -> FetchResult:
    rows = delivery.part(table.dataset.rows_table).rows
    return FetchResult(table.dataset.name, table.year, table.identifier, outcome, rows)


def _is_whole(delivery: Delivery, dataset: Dataset) -> bool:
    """Tell whether a delivery has every part that the dataset declares by now."""
    return set(dataset.raw_tables()) <= {part.name for part in delivery.parts}


def _header(client: CbsClient, table: FoundTable) -> Header:
    return Header(
        source=SOURCE,
        dataset=table.dataset.name,
        table=table.identifier,
        year=table.year,
        title=table.title,
        service=client.base_url,
        licence=table.dataset.licence,
        modified=table.modified,
    )


def _fetch_parts(
    client: CbsClient, table: FoundTable, draft: Draft, raw_file: Path, on_rows: OnRows
) -> None:
    """Fetch all parts into the draft, and write the rows to `raw_file` while they pass."""
    properties = _records(client, draft, properties_part(client, table))
    codes = {
        part.name: _records(client, draft, part) for part in code_parts(client, table, properties)
    }
    rows = rows_part(client, table, properties, codes)
    columns = table.dataset.raw_tables()[rows.name]
    made_from = (draft.header, draft.delivery_id, rows.columns)
    with PartWriter(raw_file, *made_from, columns) as writer:
        for kept, page in _keep(client, draft, rows):
            writer.write(kept, page.rows)
            on_rows(table.identifier, page.size)


def _records(client: CbsClient, draft: Draft, part: Part) -> list[Row]:
    names = (*part.columns, *part.kinds)
    return [row for _, page in _keep(client, draft, part) for row in page.records(names)]


def _keep(client: CbsClient, draft: Draft, part: Part) -> Iterator[tuple[LandedPage, Page]]:
    """Read a part and keep its pages, each before it is handed on; begin where it stopped."""
    kept = draft.kept(part.name, part.url)
    bodies = ((page.page.url, draft.body(page)) for page in kept)
    rows = 0
    for number, page in enumerate(read_part(client, part, bodies)):
        if number < len(kept):
            yield kept[number].page, page
        else:
            yield draft.keep(part.name, page.url, page.body, page.size, page.next_link), page
        rows += page.size
    draft.finish_part(part.name, part.columns, rows if part.count_url else None)
