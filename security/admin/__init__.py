"""The admin of security, one file a noun."""

from security.admin import access, compliance, incidents, keys, playbooks, privacy, trail

__all__ = ["access", "compliance", "incidents", "keys", "playbooks", "privacy", "trail"]
