"""Field encryption keys: a list of id:base64(32 bytes), first one encrypts, all decrypt; and where they come from."""

from config.settings.environment import env

FIELD_KEYS = env.list("FIELD_KEYS", default=[])
KEY_RING = "security.services.key_ring.SubjectKeyRing"

# Where FIELD_KEYS are read: "env" (above), "file" (a line each in FIELD_KEYS_FILE), or "kms": each entry is then
# id:base64 of a key that the service at KMS_URL wrapped.
KEY_SOURCE = env.str("KEY_SOURCE", default="env")
FIELD_KEYS_FILE = env.str("FIELD_KEYS_FILE", default="")
KMS_URL = env.str("KMS_URL", default="")
KMS_TOKEN = env.str("KMS_TOKEN", default="")

# How long a process keeps data keys in clear, and goes on after another one destroyed them; at most 600.
KEY_CACHE_SECONDS = min(env.int("KEY_CACHE_SECONDS", default=60), 600)
