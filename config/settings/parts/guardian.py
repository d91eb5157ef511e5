"""Object permissions: grants live on Property only (direct foreign keys, small tables)."""

AUTHENTICATION_BACKENDS = [
    "hotel.accounts.pacing_handler.PacedBackend",
    "hotel.accounts.backends.PeopleBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
