"""Puts the Data Docs of a run where they are read: our index, a page per mart and per suite.

Great Expectations builds its pages in a scratch folder; its index is drawn by a script, so ours
takes its place. Nothing that these pages show is fetched from anywhere.
"""

import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path

from doelenboom.validation.offline_html import offline, page_head
from doelenboom.validation.outcomes import CheckResult

_FOLDERS = ("validations", "expectations")
_WORDS = {"pass": "✓ passed", "fail": "✗ failed", "warn": "✗ warning", "broken": "! broken"}


def publish_data_docs(built: Path, docs_dir: Path, outcomes: Sequence[CheckResult]) -> None:
    """Replace the Data Docs in `docs_dir` by the pages in `built` and an index of the outcomes."""
    for folder in _FOLDERS:
        shutil.rmtree(docs_dir / folder, ignore_errors=True)
        (docs_dir / folder).mkdir(parents=True)
        for page in sorted((built / folder).rglob("*.html")):
            table = page.relative_to(built / folder).parts[0].removesuffix(".html")
            text = offline(page.read_text(encoding="utf-8"), f"{table}, {folder}")
            (docs_dir / folder / f"{table}.html").write_text(text, encoding="utf-8")
    (docs_dir / "index.html").write_text(_index(outcomes), encoding="utf-8")


def _index(outcomes: Sequence[CheckResult]) -> str:
    noticed = [outcome for outcome in outcomes if outcome.asks_attention]
    blocking = sum(outcome.blocks for outcome in noticed)
    verdict = (
        f"{blocking} of {len(outcomes)} checks block publication."
        if blocking
        else f"None of {len(outcomes)} checks blocks publication."
    )
    return (
        f'<!DOCTYPE html><html lang="en">{page_head("Data Docs of the marts")}<body>'
        f"<h1>Data Docs of the marts</h1><p>{verdict}</p>"
        f"{_tables(outcomes)}{_noticed(noticed)}</body></html>\n"
    )


def _tables(outcomes: Sequence[CheckResult]) -> str:
    subjects = list(dict.fromkeys(outcome.subject for outcome in outcomes))
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Mart", *_WORDS.values(), "Rules"))
    rows = "".join(_row(subject, outcomes) for subject in subjects)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row(subject: str, outcomes: Sequence[CheckResult]) -> str:
    table = subject.removeprefix("marts.")
    found = [_word_key(outcome) for outcome in outcomes if outcome.subject == subject]
    counts = "".join(f'<td class="number">{found.count(key)}</td>' for key in _WORDS)
    return (
        f'<tr><td><a href="validations/{table}.html">{escape(subject)}</a></td>{counts}'
        f'<td><a href="expectations/{table}.html">what is expected</a></td></tr>'
    )


def _noticed(outcomes: Sequence[CheckResult]) -> str:
    if not outcomes:
        return ""
    heads = "".join(
        f'<th scope="col">{head}</th>' for head in ("Status", "Check", "Observed", "Expected")
    )
    rows = "".join(
        f'<tr><td class="status {_word_key(outcome)}">{_WORDS[_word_key(outcome)]}</td>'
        f"<td>{escape(outcome.check_name)}</td><td>{escape(outcome.observed)}</td>"
        f"<td>{escape(outcome.expected)}</td></tr>"
        for outcome in outcomes
    )
    return (
        f"<h2>What did not pass</h2><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _word_key(outcome: CheckResult) -> str:
    """Tell a failure that only warns from one that blocks."""
    return "warn" if (outcome.status, outcome.severity) == ("fail", "warn") else outcome.status
