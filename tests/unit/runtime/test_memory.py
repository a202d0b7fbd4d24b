"""The cycle collector is left as it was found, whatever happens while it rests."""

import gc

import pytest

from jimo_lint.runtime.memory import paused_collector


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_rests_and_is_as_before(running: bool) -> None:
    """It rests inside only, also where that ends in a fault; who had switched it off finds it off."""
    before = gc.isenabled()
    (gc.enable if running else gc.disable)()
    try:
        with pytest.raises(ValueError, match="halfway"), paused_collector():
            assert not gc.isenabled()
            raise ValueError("halfway")
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()
