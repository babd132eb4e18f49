"""The stand-in in a process of its own: `python -m tests.cbs_server --rows 1000000`.

Prints its URL and serves one Iv3 table of so many rows, none of them zero, until it is stopped.
Figures are made up. With `--warm` every page is rendered before the URL is printed.
"""

import argparse
import time
from urllib.parse import quote

import duckdb
import orjson

from tests.cbs_server.server import CbsServer
from tests.cbs_server.tables import Table, iv3_table

MUNICIPALITIES = 342
NON_ZERO = (
    "((k_1ePlaatsing_1 ne null and k_1ePlaatsing_1 ne 0)"
    " or (k_2ePlaatsing_2 ne null and k_2ePlaatsing_2 ne 0))"
)
ROWS = "/ODataFeed/odata/45042NED/TypedDataSet"
QUERIES = (
    f"{ROWS}?$format=json&$filter={quote(NON_ZERO, safe='()')}&$inlinecount=allpages",
    f"{ROWS}?$format=json",
)
"""How doelenboom asks for the rows, and how clients without a filter do."""

_CELLS = """
select
    number as "ID",
    rpad(concat(number // 97 % 9, '.', number // 11 % 7 + 1), 6, ' ') as "TaakveldBalanspost",
    rpad(concat(if(number % 2 = 0, 'L', 'B'), number % 7 + 1, '.', number % 5), 8, ' ')
        as "Categorie",
    concat('2018X00', number % 6) as "Verslagsoort",
    rpad(concat('GM', lpad(cast(number % $municipalities as varchar), 4, '0')), 9, ' ')
        as "Gemeenten",
    cast(number % 99991 + 1 as double) as "k_1ePlaatsing_1",
    cast(number % 99991 + 1 as double) as "k_2ePlaatsing_2"
from range($rows) as numbers (number)
"""


def made_up_table(rows: int) -> Table:
    """An Iv3 table of a given number of rows."""
    parameters = {"rows": rows, "municipalities": MUNICIPALITIES}
    cells = duckdb.connect().sql(_CELLS, params=parameters)
    names = {f"GM{number:04d}": f"Gemeente {number}" for number in range(MUNICIPALITIES)}
    return iv3_table(2018, cells.to_arrow_table(), names, {"6.1": "x"}, identifier="45042NED")


def warm(server: CbsServer) -> None:
    """Render every page of the queries, so that serving them costs nothing but sending."""
    for query in QUERIES:
        target: str | None = query
        while target is not None:
            link = orjson.loads(server.answer(target, "json").body).get("odata.nextLink")
            target = link.removeprefix(server.url) if link else None


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--warm", action="store_true")
    options = parser.parse_args()
    with CbsServer([made_up_table(options.rows)]) as server:
        if options.warm:
            server.keep_answers()
            warm(server)
        print(server.url, flush=True)  # noqa: T201 (how the caller learns the port)
        while True:
            time.sleep(60)


if __name__ == "__main__":
    main()
