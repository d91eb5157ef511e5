"""Names with a fixed meaning."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EmailKind(TextChoices):
    """Whom an address identifies; only a personal one is ever evidence that two profiles are one person."""

    PERSONAL = "personal", _("Personal")
    RELAY = "relay", _("Relay address of a channel")
    SHARED = "shared", _("Shared mailbox")


class CompanyKind(TextChoices):
    """What a business profile is to the hotel."""

    COMPANY = "company", _("Company")
    TRAVEL_AGENT = "travel_agent", _("Travel agent")
    SOURCE = "source", _("Source of business")


class RelationshipKind(TextChoices):
    """How a guest is related: to a company, or to another guest."""

    WORKS_FOR = "works_for", _("Works for")
    HOUSEHOLD = "household", _("Same household")
    FAMILY = "family", _("Family")
    ASSISTANT_OF = "assistant_of", _("Assistant of")


class DocumentKind(TextChoices):
    """Identity documents; their images are never stored."""

    PASSPORT = "passport", _("Passport")
    ID_CARD = "id_card", _("Identity card")
    DRIVING_LICENCE = "driving_licence", _("Driving licence")
    RESIDENCE_PERMIT = "residence_permit", _("Residence permit")


class ConsentChannel(TextChoices):
    """The ways a guest may be reached."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    PUSH = "push", _("Push")
    PHONE = "phone", _("Telephone call")
    POST = "post", _("Letter")


class ConsentPurpose(TextChoices):
    """What the guest agreed to. Messages about his own stay need no consent and are not listed."""

    MARKETING = "marketing", _("Marketing")
    FEEDBACK = "feedback", _("Surveys")
    PROFILING = "profiling", _("Personal recommendations")


class ConsentDecision(TextChoices):
    """What the guest decided."""

    GIVEN = "given", _("Given")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")


class ConsentSource(TextChoices):
    """Where the decision was taken."""

    FRONT_DESK = "front_desk", _("Front desk")
    WEBSITE = "website", _("Web site")
    BOOKING = "booking", pgettext_lazy("where from", "Booking")
    TELEPHONE = "telephone", _("Telephone")
    LETTER = "letter", _("Letter or e-mail of the guest")
    LINK = "link", _("Link in a message")
    IMPORT = "import", _("Import")
    MERGE = "merge", _("Merge of two profiles")


# What people may type: a merge is a source that only services write.
TYPED_SOURCES = [choice for choice in ConsentSource.choices if choice[0] != ConsentSource.MERGE]


class MatchStatus(TextChoices):
    """Where a suspected duplicate is in the review queue."""

    OPEN = "open", _("Open")
    MERGED = "merged", _("Merged")
    DISMISSED = "dismissed", _("Two different people")
