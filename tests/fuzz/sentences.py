"""What a refusal looks like."""

from doelenboom.errors import LONGEST_SENTENCE


def refuse_no_sentence(told: str) -> None:
    """Fail unless a refusal is one sentence on one line that can be printed whole."""
    assert told.isprintable(), told
    assert 0 < len(told) <= LONGEST_SENTENCE, len(told)
    assert "Traceback" not in told
    assert "Error(" not in told
