"""PostgreSQL: one pool per process; server-side limits so that no query holds a lock for long."""

from config.settings.environment import BASE_DIR, env
from hotel.core.postgresql.silence import WatchedConnection

DATABASES = {"default": {**env.db("DATABASE_URL", default="postgres:///auberge"), "CONN_HEALTH_CHECKS": True}}
DATABASES["default"]["ENGINE"] = "hotel.core.postgresql"

# Who owns the tables and alone changes them: `migrate` works as this role, all else as that of DATABASE_URL.
_owner = env.db("DATABASE_OWNER_URL", default="") if env("DATABASE_OWNER_URL", default="") else {}
DATABASE_OWNER = {name: _owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")} if _owner else {}
# What each role may do with each table.
DATABASE_RIGHTS = BASE_DIR / "config" / "database_rights.toml"
_options = DATABASES["default"].setdefault("OPTIONS", {})

# The server plans what comes again on a connection only once: a fifth less CPU for a booking, on both sides.
_options["server_side_binding"] = True
_options["prepare_threshold"] = 3 if env.bool("DB_PREPARE", default=True) else None

# Behind PgBouncer the pool is the bouncer's: set DB_POOL=off there, and before its version 1.21 DB_PREPARE=off.
if env.bool("DB_POOL", default=True):
    _options["pool"] = {"min_size": 1, "max_size": env.int("DB_POOL_MAX", default=8)}
    _options["pool"]["connection_class"] = WatchedConnection
    # After so long without a connection it is asked whether the server is gone, which is told within a second, or busy.
    _options["pool"]["timeout"] = 0.8
    # An attempt to connect again is given up soon, and begun by the next request: else the pool would wait ever longer.
    _options["pool"]["reconnect_timeout"] = 2
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=0)
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True

# Seconds that a request waits for a free connection of a server that answers.
DB_POOL_TIMEOUT = env.int("DB_POOL_TIMEOUT", default=10)
# Seconds, and milliseconds: a server that is cut off without a word is given up as well; what TCP cannot know is found
# out by hotel.core.postgresql.silence.
_options["connect_timeout"] = 4
_options["tcp_user_timeout"] = 4000
_options |= {"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}

# Milliseconds. A lock that is not had in two seconds is refused with 409, never waited for.
# A pooler in transaction mode does not pass startup options through: set the same limits on the role there.
if env.bool("DB_STARTUP_OPTIONS", default=True):
    _options["options"] = (
        f"-c lock_timeout={env.int('DB_LOCK_TIMEOUT', default=2000)} "
        f"-c statement_timeout={env.int('DB_STATEMENT_TIMEOUT', default=30000)}"
    )
