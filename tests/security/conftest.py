"""Chains of the cast and the stage with their catalogue of rights."""

import pytest

from security.services.catalogue import catalogue_seed


@pytest.fixture
def house(cast):
    """The cast, whose chain has its catalogue, duties and policy."""
    catalogue_seed(chain=cast.chain)
    return cast
