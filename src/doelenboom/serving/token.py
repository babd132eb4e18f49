"""The token that clients show: from the settings, else kept in a file that only its owner reads."""

import os
import re
import secrets
import stat
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.storage.files import refusing, sync

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")
EXPECTED = "16 to 200 letters, digits, - and _"


def given_token(token: str) -> str:
    """Return a token that was set. Raises `RefusedError`, without it, when it is no good one."""
    if not TOKEN.fullmatch(token):
        raise RefusedError(f"DOELENBOOM_SERVE_TOKEN cannot be used: expected {EXPECTED}")
    return token


def kept_token(path: Path) -> str:
    """Return the token in a file, made at first with 256 bits of chance and mode 0600.

    Raises `RefusedError` when others can read the file, or it holds something else.
    """
    with refusing(f"{path} cannot be used"):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise RefusedError(f"{path} can be used by others (mode {mode:04o}): expected 0600")
        token = path.read_text("ascii", "replace").strip()
    if not TOKEN.fullmatch(token):
        raise RefusedError(
            f"{path} holds no token: expected {EXPECTED}; remove it to have one made"
        )
    return token


def _make(path: Path) -> None:
    """Make the file whole or not at all; one that appeared meanwhile stays."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
        sync(temporary)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)
