"""The admin of security, one file a noun."""

from security.admin import access, privacy, trail

__all__ = ["access", "privacy", "trail"]
