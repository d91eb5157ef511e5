"""The trail of all changes: keys of its seals, and where they and its archives go outside of the database."""

from config.settings.environment import BASE_DIR, env

# id:base64 of 32 random bytes (Ed25519); the first signs, all are known. Of those that sign no more: the public half.
AUDIT_SEAL_KEYS = env.list("AUDIT_SEAL_KEYS", default=[])
AUDIT_SEAL_PUBLIC_KEYS = env.list("AUDIT_SEAL_PUBLIC_KEYS", default=[])
# Dotted classes that take each signed head out of the database.
AUDIT_HEAD_EXPORTERS = env.list("AUDIT_HEAD_EXPORTERS", default=["security.adapters.heads.file.FileExporter"])
# Outside of the database's own folder; best on another machine's disk, where lines can only be added.
AUDIT_HEADS_FILE = env("AUDIT_HEADS_FILE", default=str(BASE_DIR / ".auberge" / "trail" / "heads.jsonl"))
# People who get the newest head by e-mail once a day: proof that no administrator can take back.
AUDIT_HEADS_MAIL_TO = env.list("AUDIT_HEADS_MAIL_TO", default=[])
AUDIT_ARCHIVE_DIR = env("AUDIT_ARCHIVE_DIR", default=str(BASE_DIR / ".auberge" / "trail" / "archive"))
AUDIT_EXPORT_DIR = env("AUDIT_EXPORT_DIR", default=str(BASE_DIR / ".auberge" / "trail" / "exports"))
# Months that stay in the database after they ended; older ones are archived.
AUDIT_KEPT_MONTHS = env.int("AUDIT_KEPT_MONTHS", default=24)
