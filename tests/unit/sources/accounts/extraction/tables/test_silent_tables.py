"""A table that no subject understands is named."""

from tests.unit.sources.accounts.extraction.chapters import extracted

PAGE = "Programma 3 Water 2018\n\nWat heeft het gekost?\n\nWonen krijgt een ton.\n\n{}\n"
ROWS = "\t2016\t2017\nAanvragen\t300\t310\nBezwaren\t20\t30"


def _unread(table: str) -> list[tuple[int, str]]:
    issues = extracted(PAGE.format(table)).issues
    return [(issue.line, issue.problem) for issue in issues if issue.kind == "unread_table"]


def test_a_table_of_amounts_that_no_subject_understands_is_named_with_its_lines() -> None:
    ((line, problem),) = _unread(ROWS)
    assert line == 7
    assert problem.endswith("(regels 7 t/m 9).")


def test_a_table_of_words_or_with_one_row_of_amounts_is_none() -> None:
    assert _unread("Wie\tWat\tWanneer\nJan\tAls\t2018\nPiet\tZo\t2019") == []
    assert _unread(ROWS.rpartition("\n")[0]) == []
