"""Names with a fixed meaning around the protection of data."""

from django.db.models import TextChoices


class RequestKind(TextChoices):
    """What a guest asks for (GDPR 15–21)."""

    ACCESS = "access", "Access"
    PORTABILITY = "portability", "Portability"
    RECTIFICATION = "rectification", "Rectification"
    RESTRICTION = "restriction", "Restriction"
    OBJECTION = "objection", "Objection"
    ERASURE = "erasure", "Erasure"


class RequestStatus(TextChoices):
    """Where a request is."""

    RECEIVED = "received", "Received"
    IDENTIFIED = "identified", "Identified"
    PROPOSED = "proposed", "Waits for a second person"
    APPROVED = "approved", "Approved"
    COMPLETED = "completed", "Completed"
    PARTLY_COMPLETED = "partly_completed", "Completed in part"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Purpose(TextChoices):
    """What an objection is to."""

    MARKETING = "marketing", "Marketing"
    PROFILING = "profiling", "Profiling"


class HoldKind(TextChoices):
    """Why data must not be erased."""

    LITIGATION = "litigation", "Litigation"
    POLICE = "police", "Police or prosecution"
    AUTHORITY = "authority", "Other authority"


class BundleStatus(TextChoices):
    """Where the making of a bundle is."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Expired"


class DocumentClass(TextChoices):
    """What rules of retention are made for."""

    GUEST_PROFILE = "guest_profile", "Guest profile"
    GUEST_REGISTER = "guest_register", "Guest register"
    RESERVATION = "reservation", "Reservation"
    FISCAL_DOCUMENT = "fiscal_document", "Invoice and voucher"
    BUSINESS_LETTER = "business_letter", "Business letter"
    CONSENT_PROOF = "consent_proof", "Proof of consent"
    PAYMENT_CARD = "payment_card", "Payment card"
    MARKETING = "marketing", "Marketing"
    EMPLOYMENT = "employment", "Employment"
    PRIVACY_CASE = "privacy_case", "Request of a data subject"
    INCIDENT = "incident", "Security incident"
    ACCESS_LOG = "access_log", "Log"


class RunStatus(TextChoices):
    """Where a work list of retention is."""

    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    DONE = "done", "Done"
    DISMISSED = "dismissed", "Dismissed"


class AssessmentStatus(TextChoices):
    """Where an impact assessment is."""

    DRAFT = "draft", "Draft"
    REVIEWED = "reviewed", "Reviewed"
    ACCEPTED = "accepted", "Accepted"
