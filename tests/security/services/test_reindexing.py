"""Blind indexes that the plugs declare exist; see test_keys for how they are written anew."""

from hotel.core.personal import column_of
from security.services.reindexing import blind_indexes


def test_every_blind_index_names_columns_that_exist():
    found = blind_indexes()
    assert len(found) == 8
    for index in found:
        assert column_of(index.model, index.field)
        assert column_of(index.model, index.fingerprint)
