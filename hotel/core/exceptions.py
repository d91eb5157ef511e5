"""Errors with a stable code that services raise and one handler turns into problem+json."""

from collections.abc import Callable, Mapping
from typing import Any


class PmsError(Exception):
    """A refusal a caller can act on.

    Attributes:
        code: stable snake_case word, part of the API contract.
        message: what is wrong and what to do, for people, in the language of whoever is refused (``core.words``).
        extra: plain values that help a program to react.
        fields: field name to messages, for bad input.
        aftermath: what the refusal itself leaves to be written, given ``request_key``; see ``core.aftermath``.
    """

    status = 400
    code = "error"

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        extra: Mapping[str, Any] | None = None,
        fields: Mapping[str, list[str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.extra = dict(extra or {})
        self.fields = dict(fields or {})
        self.aftermath: Callable[..., object] | None = None


class InvalidInput(PmsError):
    """The request is malformed or its values make no sense (400)."""

    status = 400
    code = "invalid"


class NotPermitted(PmsError):
    """The caller may see the thing but not do this (403)."""

    status = 403
    code = "permission_denied"


class StepUpRequired(NotPermitted):
    """The caller must prove again, just now, that it is he (403)."""

    code = "step_up_required"


class NotFound(PmsError):
    """No such thing for this caller (404)."""

    status = 404
    code = "not_found"


class Conflict(PmsError):
    """The state of the thing forbids the command (409)."""

    status = 409
    code = "conflict"


class NotAvailable(Conflict):
    """Something scarce is gone, or its lock was refused (409)."""

    code = "not_available"


class VersionConflict(PmsError):
    """The caller worked on a stale version (412)."""

    status = 412
    code = "version_conflict"


class RuleBroken(PmsError):
    """Well-formed input that breaks a rule of the house (422)."""

    status = 422
    code = "rule_broken"


class ReadOnly(PmsError):
    """Nothing may be changed for now, whoever asks; reading goes on (503)."""

    status = 503
    code = "read_only"


class StorageLow(PmsError):
    """There is too little room on the disk for this; smaller things go on (507)."""

    status = 507
    code = "storage_low"


class ExternalFailure(PmsError):
    """An outside system failed or did not answer (502)."""

    status = 502
    code = "external_failure"
