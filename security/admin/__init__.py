"""The admin of security, one file a noun."""

from security.admin import access, keys, privacy, trail

__all__ = ["access", "keys", "privacy", "trail"]
