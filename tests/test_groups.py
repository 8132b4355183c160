"""The tests of a module go to one process, so that what they share is made once."""

from __future__ import annotations

import pytest


def test_the_name_of_the_group_reaches_the_scheduler(request: pytest.FixtureRequest) -> None:
    """pytest-xdist hands groups on in the ids of tests, and says nothing where it cannot."""
    grouped = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@test_groups") is grouped
