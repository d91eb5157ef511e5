"""Names with a fixed meaning around the protection of data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestKind(TextChoices):
    """What a guest asks for (GDPR 15–21)."""

    ACCESS = "access", pgettext_lazy("privacy", "Access")
    PORTABILITY = "portability", _("Portability")
    RECTIFICATION = "rectification", _("Rectification")
    RESTRICTION = "restriction", _("Restriction")
    OBJECTION = "objection", _("Objection")
    ERASURE = "erasure", _("Erasure")


class RequestStatus(TextChoices):
    """Where a request is."""

    RECEIVED = "received", _("Received")
    IDENTIFIED = "identified", _("Identified")
    PROPOSED = "proposed", _("Waits for a second person")
    APPROVED = "approved", _("Approved")
    COMPLETED = "completed", _("Completed")
    PARTLY_COMPLETED = "partly_completed", _("Completed in part")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Purpose(TextChoices):
    """What an objection is to."""

    MARKETING = "marketing", _("Marketing")
    PROFILING = "profiling", _("Profiling")


class HoldKind(TextChoices):
    """Why data must not be erased."""

    LITIGATION = "litigation", _("Litigation")
    POLICE = "police", _("Police or prosecution")
    AUTHORITY = "authority", _("Other authority")


class BundleStatus(TextChoices):
    """Where the making of a bundle is."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")


class DocumentClass(TextChoices):
    """What rules of retention are made for."""

    GUEST_PROFILE = "guest_profile", _("Guest profile")
    GUEST_REGISTER = "guest_register", _("Guest register")
    RESERVATION = "reservation", _("Reservation")
    FISCAL_DOCUMENT = "fiscal_document", _("Invoice and voucher")
    BUSINESS_LETTER = "business_letter", _("Business letter")
    CONSENT_PROOF = "consent_proof", _("Proof of consent")
    PAYMENT_CARD = "payment_card", _("Payment card")
    MARKETING = "marketing", _("Marketing")
    EMPLOYMENT = "employment", _("Employment")
    PRIVACY_CASE = "privacy_case", _("Request of a data subject")
    INCIDENT = "incident", _("Security incident")
    ACCESS_LOG = "access_log", _("Log")


class RunStatus(TextChoices):
    """Where a work list of retention is."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DONE = "done", _("Done")
    DISMISSED = "dismissed", _("Dismissed")


class AssessmentStatus(TextChoices):
    """Where an impact assessment is."""

    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed")
    ACCEPTED = "accepted", _("Accepted")
