"""What scenarios share: an office that is made small, run by the real programs, and cleared away afterwards."""
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.office import Office  # noqa: E402
from harness.stubs import StubReceiver  # noqa: E402


@pytest.fixture
def new_office(tmp_path):
    """Make an office, with what harness/office.py lets one choose."""
    with ExitStack() as opened:
        yield lambda name="office", **chosen: opened.enter_context(Office(tmp_path / name, **chosen))


@pytest.fixture
def new_stub():
    """Make a far side of a webhook channel that answers as told."""
    with ExitStack() as opened:
        yield lambda *answers: opened.enter_context(closing(StubReceiver(*answers)))
