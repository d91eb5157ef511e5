"""A history played once for all tests of this folder that ask for it."""

import os
from pathlib import Path

import pytest

RESORT = Path("hotel_booking_demand") / "H1_resort.csv.gz"


@pytest.fixture
def resort() -> Path:
    """The real file: in the folder named by AUBERGE_SHARED_DATA, or in shared/data beside the checkout."""
    named = os.environ.get("AUBERGE_SHARED_DATA")
    root = Path(__file__).resolve().parents[4]
    places = [Path(named)] if named else [parent / "shared" / "data" for parent in root.parents]
    found = next((place / RESORT for place in places if (place / RESORT).exists()), None)
    if found is None:
        pytest.skip("the real bookings are not here: set AUBERGE_SHARED_DATA to the folder that holds them")
    return found
