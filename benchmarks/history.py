"""What was measured, as words and as the history by commit in `benchmarks/results/`.

One JSON line per clone and measurement. Ratios are what to compare: seconds differ per machine.
"""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measuring import Spent
from benchmarks.picture import draw

RESULTS = Path(__file__).with_name("results")
HISTORY = RESULTS / "history.jsonl"
PICTURE = RESULTS / "history.svg"


@dataclass(frozen=True)
class Measured:
    """One clone: its yardsticks, what its commands took, its file in MB, and answers in ms."""

    yardsticks: Mapping[str, Spent]
    spent: Mapping[str, Spent]
    published_mb: float
    questions_ms: Mapping[str, float]

    @property
    def yardstick(self) -> float | None:
        """Seconds of the floor and the imports together; none if they were not measured."""
        if not self.yardsticks:
            return None
        return sum(spent.seconds for spent in self.yardsticks.values())


def line(measured: Measured, today: Measured | None) -> dict[str, Any]:
    """Give what is kept of a clone; ratios to the yardsticks and to today where there are any."""
    spent = {**measured.spent, **measured.yardsticks}
    seconds = {name: one.seconds for name, one in spent.items()}
    found = {
        "published_mb": measured.published_mb,
        "seconds": seconds,
        "cpu_seconds": {name: one.cpu for name, one in spent.items()},
        "peak_mb": {name: one.peak_mb for name, one in spent.items()},
        "questions_ms": measured.questions_ms,
    }
    if measured.yardstick:
        each = dict.fromkeys(measured.spent, measured.yardstick)
        found["to_yardstick"] = _ratios(seconds, each)
    if today:
        base = {name: one.seconds for name, one in today.spent.items()}
        found["to_today"] = {
            "published_mb": measured.published_mb / today.published_mb,
            **_ratios(seconds, base),
            **_ratios(measured.questions_ms, today.questions_ms),
        }
    return found


def _ratios(values: Mapping[str, float], bases: Mapping[str, float]) -> dict[str, float]:
    return {name: value / bases[name] for name, value in values.items() if name in bases}


def reported(clones: Mapping[str, Measured]) -> str:
    """Say what was measured, a line per clone and command, with the ratios."""
    lines = [f"{'':34s}{'s':>9}{'CPU s':>9}{'peak MB':>9}{'/ floor+imports':>17}{'/ today':>9}"]
    for name, measured in clones.items():
        today = clones.get("today") if name != "today" else None
        kept = line(measured, today)
        for command, spent in {**measured.spent, **measured.yardsticks}.items():
            ratios = [kept.get(kind, {}).get(command) for kind in ("to_yardstick", "to_today")]
            words = [f"{ratio:.3f}" if ratio else "" for ratio in ratios]
            lines.append(
                f"{name + ' ' + command:34s}{spent.seconds:9.2f}{spent.cpu:9.2f}"
                f"{spent.peak_mb:9.0f}{words[0]:>17}{words[1]:>9}"
            )
        lines.append(f"{name + ' published file':34s}{measured.published_mb:9.1f} MB")
        for question, answer in measured.questions_ms.items():
            ratio = kept.get("to_today", {}).get(question)
            lines.append(
                f"{name + ': ' + question:70s}{answer:9.1f} ms{f'{ratio:.3f}' if ratio else '':>9}"
            )
    return "\n".join(lines)


def record(clones: Mapping[str, Measured], data: str, folders: Mapping[str, Path]) -> None:
    """Add a line per clone to the history, the one that it is held against first; draw it anew."""
    RESULTS.mkdir(exist_ok=True)
    with HISTORY.open("a", encoding="utf-8") as file:
        for name, measured in reversed(list(clones.items())):
            today = clones.get("today") if name != "today" else None
            about = {
                "commit": _commit(folders[name]),
                "measured": datetime.now(UTC).isoformat(timespec="seconds"),
                "data": data,
            }
            kept = json.loads(json.dumps(line(measured, today)), parse_float=_short)
            file.write(json.dumps({**about, **kept}) + "\n")
    lines = [json.loads(text) for text in HISTORY.read_text(encoding="utf-8").splitlines()]
    PICTURE.write_text(draw(lines), encoding="utf-8")


def _short(number: str) -> float:
    return float(f"{float(number):.4g}")


def _commit(clone: Path) -> str:
    """Name the commit of a clone; `-dirty` where what was measured is not committed."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    done = subprocess.run(command, cwd=clone, check=True, capture_output=True, text=True)
    return done.stdout.strip()
