"""There is one writer, whoever asks."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from doelenboom.errors import RunActiveError
from doelenboom.lock import only_writer

HOLD = """
import sys
from pathlib import Path
from doelenboom.lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_turned_away_until_the_first_has_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdin and other.stdout
    assert other.stdout.readline() == b"held\n"
    with pytest.raises(RunActiveError, match=r"run\.lock"), only_writer(tmp_path):
        pass
    other.kill()
    other.communicate()
    with only_writer(tmp_path):
        assert (tmp_path / "run.lock").exists()


def test_a_second_thread_is_turned_away(tmp_path: Path) -> None:
    refused: list[RunActiveError] = []

    def attempt() -> None:
        try:
            with only_writer(tmp_path):
                pass
        except RunActiveError as error:
            refused.append(error)

    with only_writer(tmp_path):
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert len(refused) == 1


def test_the_holder_may_take_it_again_and_still_holds_it_afterwards(tmp_path: Path) -> None:
    with only_writer(tmp_path):
        with only_writer(tmp_path):
            pass
        test_a_second_thread_is_turned_away(tmp_path)
