"""Closed lists of monitoring."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """What a rule counts separately."""

    CLIENT = "client", _("Each client")
    ADDRESS = "address", _("Each address")
    PROPERTY = "property", _("Each property")


class Action(TextChoices):
    """What a rule does when its quota is used up."""

    ENFORCE = "enforce", _("Refuse")
    OBSERVE = "observe", _("Only count")
    BLOCK = "block", _("Refuse always")


class Grain(TextChoices):
    """How long a row of usage lasts."""

    MINUTE = "minute", _("Minute")
    HOUR = "hour", _("Hour")
    DAY = "day", _("Day")


class ClientKind(TextChoices):
    """Who called."""

    TOKEN = "token", _("Token")
    USER = "user", _("Person")
    ANONYMOUS = "anonymous", _("Not signed in")
    OTHER = "other", _("Others together")


class Method(TextChoices):
    """Methods of HTTP that a rule may name."""

    GET = "GET", _("GET")
    POST = "POST", _("POST")
    PUT = "PUT", _("PUT")
    PATCH = "PATCH", _("PATCH")
    DELETE = "DELETE", _("DELETE")


class HealthState(TextChoices):
    """What a look found."""

    OK = "ok", _("Well")
    OFF = "off", _("Not in use")
    DEGRADED = "degraded", _("Works, not as it should")
    FAILED = "failed", _("Failed")


class Severity(TextChoices):
    """How soon somebody must look."""

    PAGE = "page", _("Wake somebody")
    TICKET = "ticket", _("Look at it today")
