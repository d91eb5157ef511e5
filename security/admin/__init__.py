"""The admin of security, one file a noun."""

from security.admin import access

__all__ = ["access"]
