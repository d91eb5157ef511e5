"""Reusable behaviour: an app's API test declares what is its own and inherits what all resources share."""

import pytest

pytest.register_assert_rewrite(
    "tests.contracts.base",
    "tests.contracts.crud",
    "tests.contracts.permissions",
    "tests.contracts.scoping",
    "tests.contracts.queries",
    "tests.contracts.adapters",
)
