"""What bandit objects to and we do on purpose: (file, rule) to the reason. One that excuses nothing any more fails."""

EXCUSED = {
    ("config/settings/test.py", "B108"): "uploads of the test suite",
    ("config/stack/throwaway.py", "B108"): "a folder of its own is made below it, with its own rights",
    ("config/stack/up.py", "B310"): "the launcher asks the server that it started",
    ("hotel/accounts/invariants.py", "B608"): "put together from constants of the module",
    ("hotel/accounts/selectors/tokens.py", "B608"): "a constant of the house; values are parameters",
    ("hotel/core/inserts.py", "B608"): "names of our own tables and columns, quoted",
    ("hotel/core/invariants.py", "B608"): "SQL of the plugs, written by us",
    (
        "hotel/dashboard/templatetags/chart.py",
        "B703",
    ): "every value is escaped beside it, hundreds of bars a page",
    ("hotel/dashboard/templatetags/rack.py", "B308"): "constants without values",
    ("hotel/dashboard/templatetags/rack.py", "B703"): "every value is escaped beside it, 4,000 times a page",
    (
        "hotel/dashboard/templatetags/rates.py",
        "B703",
    ): "every value is escaped beside it, thousands of cells a page",
    ("hotel/monitoring/adapters/postgresql_counter.py", "B608"): "put together from constants of the module",
    ("hotel/properties/api/mixins.py", "B608"): "names of a model's table and key",
    ("hotel/properties/scoping.py", "B608"): "put together from constants of the module",
    ("hotel/properties/selectors/ties.py", "B608"): "names of our own tables and columns",
    ("hotel/properties/selectors/walls.py", "B608"): "names of our own tables and columns",
    ("hotel/properties/services/ties.py", "B608"): "names of our own tables and columns",
    ("hotel/reservations/invariants.py", "B608"): "put together from constants of the module",
    ("hotel/rooms/invariants.py", "B608"): "put together from constants of the module",
    ("security/selectors/holders.py", "B608"): "put together from constants of the house",
    ("security/selectors/proofs.py", "B608"): "put together from constants of the house",
    ("security/selectors/seals.py", "B608"): "put together from constants of the module",
    ("security/selectors/verification.py", "B608"): "put together from constants of the house",
    ("security/services/archiving.py", "B608"): "put together from constants of the house",
}
