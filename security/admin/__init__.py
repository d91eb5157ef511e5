"""The admin of security, one file a noun."""

from security.admin import access, privacy

__all__ = ["access", "privacy"]
