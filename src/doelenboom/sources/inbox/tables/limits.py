"""How much a file of tables may hold: several times what any municipality has."""

LARGEST_FILE = 20_000_000
"""Bytes."""

LARGEST_INFLATED = 200_000_000
"""Bytes of a workbook once it is unzipped."""

MOST_PARTS = 1_000
"""Files within a workbook."""

MOST_SHEETS = 50
MOST_ROWS = 20_000
"""Rows with something in them, in all sheets together."""

MOST_COLUMNS = 300
LONGEST_TEXT = 2_000
"""Characters of a cell that is loaded."""

MOST_REFUSED = 5_000
"""Refusals that are told of one file: more are one mistake, made in every row."""
