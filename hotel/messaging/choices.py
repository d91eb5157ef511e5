"""Names with a fixed meaning."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """The ways out of the house."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    PUSH = "push", "Push"


class Purpose(TextChoices):
    """Why a message is sent: the stay itself, or advertising (which needs consent)."""

    TRANSACTIONAL = "transactional", "Transactional"
    MARKETING = "marketing", "Marketing"


class MessageStatus(TextChoices):
    """Where a message is on its way."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    SUPPRESSED = "suppressed", "Suppressed"


class AttemptOutcome(TextChoices):
    """How one attempt ended; ``lost`` means the sender vanished and its lease ran out."""

    RUNNING = "running", "Running"
    SENT = "sent", "Sent"
    TEMPORARY = "temporary", "Temporary failure"
    PERMANENT = "permanent", "Permanent failure"
    SUPPRESSED = "suppressed", "Suppressed"
    LOST = "lost", "Lost"


class SuppressionReason(TextChoices):
    """Why nothing is sent to an address. ``unsubscribe`` stops marketing only, the others stop everything."""

    BOUNCE = "bounce", "Bounce"
    COMPLAINT = "complaint", "Complaint"
    UNSUBSCRIBE = "unsubscribe", "Unsubscribe"
    MANUAL = "manual", "Manual"


class DeliveryStatus(TextChoices):
    """State of one webhook delivery."""

    PENDING = "pending", "Pending"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"


class DeliveryKind(TextChoices):
    """``feed`` deliveries keep the order; ``resend`` is one repeated on request, tried once."""

    FEED = "feed", "Feed"
    RESEND = "resend", "Resend"
