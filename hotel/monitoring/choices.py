"""Closed lists of monitoring."""

from django.db.models import TextChoices


class Scope(TextChoices):
    """What a rule counts separately."""

    CLIENT = "client", "Each client"
    ADDRESS = "address", "Each address"
    PROPERTY = "property", "Each property"


class Action(TextChoices):
    """What a rule does when its quota is used up."""

    ENFORCE = "enforce", "Refuse"
    OBSERVE = "observe", "Only count"
    BLOCK = "block", "Refuse always"


class Grain(TextChoices):
    """How long a row of usage lasts."""

    MINUTE = "minute", "Minute"
    HOUR = "hour", "Hour"
    DAY = "day", "Day"


class ClientKind(TextChoices):
    """Who called."""

    TOKEN = "token", "Token"
    USER = "user", "Person"
    ANONYMOUS = "anonymous", "Not signed in"
    OTHER = "other", "Others together"


class Method(TextChoices):
    """Methods of HTTP that a rule may name."""

    GET = "GET", "GET"
    POST = "POST", "POST"
    PUT = "PUT", "PUT"
    PATCH = "PATCH", "PATCH"
    DELETE = "DELETE", "DELETE"


class HealthState(TextChoices):
    """What a look found."""

    OK = "ok", "Well"
    OFF = "off", "Not in use"
    DEGRADED = "degraded", "Works, not as it should"
    FAILED = "failed", "Failed"


class Severity(TextChoices):
    """How soon somebody must look."""

    PAGE = "page", "Wake somebody"
    TICKET = "ticket", "Look at it today"
