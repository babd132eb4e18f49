"""What stands below this folder is marked `unit`."""

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("unit")
