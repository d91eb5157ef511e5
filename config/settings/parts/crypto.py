"""Field encryption keys: a list of id:base64(32 bytes), first one encrypts, all decrypt."""

from config.settings.environment import env

FIELD_KEYS = env.list("FIELD_KEYS", default=[])
