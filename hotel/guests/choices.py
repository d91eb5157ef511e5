"""Names with a fixed meaning."""

from django.db.models import TextChoices


class EmailKind(TextChoices):
    """Whom an address identifies; only a personal one is ever evidence that two profiles are one person."""

    PERSONAL = "personal", "Personal"
    RELAY = "relay", "Relay address of a channel"
    SHARED = "shared", "Shared mailbox"


class CompanyKind(TextChoices):
    """What a business profile is to the hotel."""

    COMPANY = "company", "Company"
    TRAVEL_AGENT = "travel_agent", "Travel agent"
    SOURCE = "source", "Source of business"


class RelationshipKind(TextChoices):
    """How a guest is related: to a company, or to another guest."""

    WORKS_FOR = "works_for", "Works for"
    HOUSEHOLD = "household", "Same household"
    FAMILY = "family", "Family"
    ASSISTANT_OF = "assistant_of", "Assistant of"


class DocumentKind(TextChoices):
    """Identity documents; their images are never stored."""

    PASSPORT = "passport", "Passport"
    ID_CARD = "id_card", "Identity card"
    DRIVING_LICENCE = "driving_licence", "Driving licence"
    RESIDENCE_PERMIT = "residence_permit", "Residence permit"


class ConsentChannel(TextChoices):
    """The ways a guest may be reached."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    PUSH = "push", "Push"
    PHONE = "phone", "Telephone call"
    POST = "post", "Letter"


class ConsentPurpose(TextChoices):
    """What the guest agreed to. Messages about his own stay need no consent and are not listed."""

    MARKETING = "marketing", "Marketing"
    FEEDBACK = "feedback", "Surveys"
    PROFILING = "profiling", "Personal recommendations"


class ConsentDecision(TextChoices):
    """What the guest decided."""

    GIVEN = "given", "Given"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ConsentSource(TextChoices):
    """Where the decision was taken."""

    FRONT_DESK = "front_desk", "Front desk"
    WEBSITE = "website", "Web site"
    BOOKING = "booking", "Booking"
    TELEPHONE = "telephone", "Telephone"
    LETTER = "letter", "Letter or e-mail of the guest"
    LINK = "link", "Link in a message"
    IMPORT = "import", "Import"
    MERGE = "merge", "Merge of two profiles"


# What people may type: a merge is a source that only services write.
TYPED_SOURCES = [choice for choice in ConsentSource.choices if choice[0] != ConsentSource.MERGE]


class MatchStatus(TextChoices):
    """Where a suspected duplicate is in the review queue."""

    OPEN = "open", "Open"
    MERGED = "merged", "Merged"
    DISMISSED = "dismissed", "Two different people"
