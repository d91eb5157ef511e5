"""The admin of security, one file a noun."""

from security.admin import access, incidents, keys, privacy, trail

__all__ = ["access", "incidents", "keys", "privacy", "trail"]
