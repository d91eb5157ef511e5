"""Names with a fixed meaning."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """The ways out of the house."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    PUSH = "push", _("Push")


class Purpose(TextChoices):
    """Why a message is sent: the stay itself, or advertising (which needs consent)."""

    TRANSACTIONAL = "transactional", _("Transactional")
    MARKETING = "marketing", _("Marketing")


class MessageStatus(TextChoices):
    """Where a message is on its way."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Suppressed")


class AttemptOutcome(TextChoices):
    """How one attempt ended; ``lost`` means the sender vanished and its lease ran out."""

    RUNNING = "running", _("Running")
    SENT = "sent", _("Sent")
    TEMPORARY = "temporary", _("Temporary failure")
    PERMANENT = "permanent", _("Permanent failure")
    SUPPRESSED = "suppressed", _("Suppressed")
    LOST = "lost", _("Lost")


class SuppressionReason(TextChoices):
    """Why nothing is sent to an address. ``unsubscribe`` stops marketing only, the others stop everything."""

    BOUNCE = "bounce", _("Bounce")
    COMPLAINT = "complaint", _("Complaint")
    UNSUBSCRIBE = "unsubscribe", _("Unsubscribe")
    MANUAL = "manual", _("Manual")


class DeliveryStatus(TextChoices):
    """State of one webhook delivery."""

    PENDING = "pending", _("Pending")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class DeliveryKind(TextChoices):
    """``feed`` deliveries keep the order; ``resend`` is one repeated on request, tried once."""

    FEED = "feed", _("Feed")
    RESEND = "resend", _("Resend")
