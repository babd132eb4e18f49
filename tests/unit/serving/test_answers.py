"""What is refused before it is asked."""

import pytest

from doelenboom.serving.answers import refuse_too_large
from doelenboom.serving.limits import MOST_BYTES
from doelenboom.serving.problems import START, ProblemError

NAMES = [f"column_{number}" for number in range(30)]
LEAST = len("{" + ", ".join(f'"{name}": 0' for name in NAMES) + "},\n")


def test_rows_that_cannot_fit_whatever_they_hold_are_refused_at_once() -> None:
    fits = MOST_BYTES // LEAST
    refuse_too_large(fits, NAMES, [START])
    with pytest.raises(
        ProblemError, match=f"{fits + 1} rows of 30 columns are more than 32 MB"
    ) as refused:
        refuse_too_large(fits + 1, NAMES, [START])
    assert refused.value.status_code == 422
    assert refused.value.ways == [START]
