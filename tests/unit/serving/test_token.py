"""The token: made once, kept for its owner alone, never told."""

import stat
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.serving.token import given_token, kept_token


def test_a_token_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "serve.token"
    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(kept_token, [path] * 16))
    assert len(tokens) == 1
    assert len(tokens.pop()) == 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["serve.token"]


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "serve.token"
    token = kept_token(path)
    path.chmod(0o640)
    with pytest.raises(RefusedError, match=r"mode 0640\): expected 0600") as refused:
        kept_token(path)
    assert token not in str(refused.value)


@pytest.mark.parametrize("text", ["", "short", "x" * 201, "a token with spaces in it"])
def test_what_is_no_token_is_refused_without_telling_it(text: str, tmp_path: Path) -> None:
    path = tmp_path / "serve.token"
    path.touch(0o600)
    path.write_text(text)
    for read in (partial(kept_token, path), partial(given_token, text)):
        with pytest.raises(RefusedError, match="16 to 200 letters") as refused:
            read()
        assert not text or text not in str(refused.value)
