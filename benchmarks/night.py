"""What a night costs beside its yardsticks and, if there is one, beside an earlier commit.

    python -m benchmarks.night bundled|iv3 [--baseline CLONE] [--parts night,unchanged,...]
        [--rounds N] [--fresh] [--landed FOLDER] [--work FOLDER] [--record]

The parts: `night` is `run --full`; `yardsticks` are the floor (`benchmarks.floor`) and the imports
of Dagster, dbt and Great Expectations; `dbt` is `dbt build` by its command line; `unchanged` is
`run` when nothing changed; `start` is how soon a command answers; `questions` are those of
`benchmarks.questions`, asked of what was published. Way follows way, round after round.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.clones import Clone
from benchmarks.history import Measured, record, reported
from benchmarks.measuring import MeasuredCommand, Spent, alternate

PROJECT = Path(__file__).parents[1]
PARTS = ("night", "yardsticks", "dbt", "unchanged", "start", "questions")
YARDSTICKS = {
    "floor": ("-m", "benchmarks.floor"),
    "imports": ("-c", "import dagster, dbt.cli.main, great_expectations"),
}
UNCHANGED_ROUNDS, START_ROUNDS = 3, 9


def main() -> None:
    """Measure the parts that are asked for, print them, and record them if asked."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        work = options.work.resolve() if options.work else Path(folder)
        landed = _landed(options, work)
        clones = [Clone("ours", PROJECT, work / "ours", landed)]
        if options.baseline:
            clones.append(Clone("today", options.baseline.resolve(), work / "today", landed))
        measured = _measure(options, clones)
    print(reported(measured))
    if options.record:
        record(measured, options.data, {clone.name: clone.folder for clone in clones})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", choices=("bundled", "iv3"))
    parser.add_argument("--baseline", type=Path, help="a second clone, installed")
    parser.add_argument("--parts", default=",".join(PARTS), help="those to measure; all")
    parser.add_argument("--rounds", type=int, help="of nights: 3, and 1 for iv3")
    parser.add_argument("--fresh", action="store_true", help="each night the first in its folder")
    parser.add_argument("--landed", type=Path, help="what benchmarks.landing made before")
    parser.add_argument("--work", type=Path, help="where ours/ and today/ are, and stay")
    parser.add_argument("--record", action="store_true", help="add to benchmarks/results")
    options = parser.parse_args()
    options.parts = options.parts.split(",")
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _landed(options: argparse.Namespace, work: Path) -> Path | None:
    """Find or make what every data folder begins as; none for the bundled figures."""
    if options.data == "bundled":
        return None
    landed = Path(options.landed or work / "landed").resolve()
    if not landed.exists():
        command = [sys.executable, "-m", "benchmarks.landing", str(landed)]
        subprocess.run(command, cwd=PROJECT, check=True)
    return landed


def _measure(options: argparse.Namespace, clones: list[Clone]) -> dict[str, Measured]:
    """Measure part after part; after a night that does not count, unless one is measured fresh."""
    parts, is_iv3 = options.parts, options.data == "iv3"
    fresh = options.fresh or is_iv3
    for clone in clones:
        if not clone.published.exists() and not (fresh and "night" in parts):
            clone.night()
    spent = alternate(
        _nights(parts, clones, fresh=fresh),
        options.rounds or (1 if is_iv3 else 3),
        warm_up=not fresh,
    )
    if "unchanged" in parts:
        ways = {f"{clone.name} unchanged": clone.unchanged for clone in clones}
        spent |= alternate(ways, UNCHANGED_ROUNDS, warm_up=True)
    if "start" in parts:
        starts = {name: way for clone in clones for name, way in clone.starts().items()}
        spent |= alternate(starts, START_ROUNDS, warm_up=True)
    asked = _questions(clones) if "questions" in parts else {}
    return {
        clone.name: Measured(
            {name: spent[name] for name in YARDSTICKS if name in spent},
            {
                name.removeprefix(f"{clone.name} "): value
                for name, value in spent.items()
                if name.startswith(f"{clone.name} ")
            },
            clone.published.resolve().stat().st_size / 1e6,
            asked.get(clone.name, {}),
        )
        for clone in clones
    }


def _nights(
    parts: list[str], clones: list[Clone], *, fresh: bool
) -> dict[str, Callable[[], Spent]]:
    """Give nights and their yardsticks, which read the raw tables that a night leaves."""
    ways: dict[str, Callable[[], Spent]] = {}
    for clone in clones:
        if "night" in parts:
            ways[f"{clone.name} night"] = clone.first_night if fresh else clone.night
    if "yardsticks" in parts:
        raw = clones[-1].data
        for name, words in YARDSTICKS.items():
            folder = [raw] if name == "floor" else []
            ways[name] = MeasuredCommand([sys.executable, *words, *folder], PROJECT, raw).run
    if "dbt" in parts:
        ways |= {f"{clone.name} dbt build": clone.dbt_build for clone in clones}
    return ways


def _questions(clones: list[Clone]) -> dict[str, dict[str, float]]:
    """Ask the questions of what every clone published, in a process of its own."""
    files = [f"{clone.name}={clone.published}" for clone in clones]
    command = [sys.executable, "-m", "benchmarks.questions", "--json", *files]
    told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    found: dict[str, dict[str, float]] = json.loads(told)
    return found


if __name__ == "__main__":
    main()
