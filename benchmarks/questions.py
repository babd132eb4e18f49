"""The five questions to the comparison of all municipalities, asked of published files in turn.

    python -m benchmarks.questions [NAME=]FILE...

Each file is opened once, read-only, with two threads; medians of nine answers, in milliseconds.
Each question is asked of all rows, and of the accounts at the boundaries of their year.
"""

import argparse
import json
import statistics
import time
from collections import defaultdict
from pathlib import Path

import duckdb

ROUNDS, THREADS, MEMORY = 9, 2, "2GB"
ACCOUNTS = "report = 'accounts' and boundary = 'as_reported'"
OF_MUNICIPALITY = "municipality_code = 'GM0153' and fiscal_year = 2018"
OF_MEASURE = "measure_code = 'iv3_expenses_cluster_jeugd'"
COMPARISON = "from marts.municipality_comparison"


def _questions(also: str) -> dict[str, str]:
    """Give the five in SQL, with a further condition that begins with `and`, or none."""
    return {
        "one municipality, measure and year, all groups": (
            f"select * {COMPARISON} where {OF_MUNICIPALITY} and {OF_MEASURE} {also}"
        ),
        "one measure and year, all municipalities, one group": (
            f"select * {COMPARISON} where {OF_MEASURE} and fiscal_year = 2018"
            f" and peer_group_code = 'all' {also}"
        ),
        "one municipality and year, all measures and groups": (
            f"select * {COMPARISON} where {OF_MUNICIPALITY} {also}"
        ),
        "mean of peer_median per measure in a year": (
            f"select measure_code, avg(peer_median) {COMPARISON}"
            f" where fiscal_year = 2018 {also} group by measure_code"
        ),
        "distinct measure_code": f"select distinct measure_code {COMPARISON} where true {also}",
    }


QUESTIONS = {
    **_questions(""),
    **{f"{name}, accounts": sql for name, sql in _questions(f"and {ACCOUNTS}").items()},
}


def main() -> None:
    """Ask, check that all files answer alike, and print the medians and their ratio to the last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", metavar="[NAME=]FILE")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pairs = [words.rpartition("=") for words in options.files]
    asked = ask({name or path: Path(path) for name, _, path in pairs})
    if options.json:
        print(json.dumps(asked))
        return
    *_, last = asked.values()
    for question in QUESTIONS:
        for name, answers in asked.items():
            ratio = answers[question] / last[question]
            print(f"{question:62s}{name:24s}{answers[question]:9.1f} ms{ratio:8.2f}")


def ask(files: dict[str, Path]) -> dict[str, dict[str, float]]:
    """Ask each question of each file in turn, and give the medians in milliseconds by file."""
    open_files = {
        name: duckdb.connect(
            str(file), read_only=True, config={"threads": THREADS, "memory_limit": MEMORY}
        )
        for name, file in files.items()
    }
    medians: dict[str, dict[str, float]] = {name: {} for name in files}
    for question, sql in QUESTIONS.items():
        took = defaultdict(list)
        for number in range(ROUNDS + 1):
            rows = set()
            for name, connection in open_files.items():
                start = time.perf_counter()
                answer = connection.sql(sql).to_arrow_table()
                if number:
                    took[name].append((time.perf_counter() - start) * 1000)
                rows.add(answer.num_rows)
            assert len(rows) == 1, f"{question}: {rows} rows"
        for name, times in took.items():
            medians[name][question] = statistics.median(times)
    return medians


if __name__ == "__main__":
    main()
