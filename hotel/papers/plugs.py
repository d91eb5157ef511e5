"""What papers give to the house."""

from hotel.core.plugs import AdminGroup, ComponentPlug, PrivacyProvider, Schedule
from hotel.papers.personal import IMPERSONAL

PLUG = ComponentPlug(
    area="papers",
    verbs=("view",),
    admin=(AdminGroup("Lists on paper", 107, desk=("dashboard:papers",)),),
    schedules=(
        Schedule(
            "papers: make what was left and forget what is over",
            "hotel.papers.tasks.papers_sweep",
            every_seconds=60,
            expires_seconds=60,
        ),
    ),
    privacy=(
        PrivacyProvider(
            "papers",
            export="hotel.papers.services.privacy.guest_papers_export",
            erase="hotel.papers.services.privacy.guest_papers_erase",
        ),
    ),
    audit_masked={"papers.Paper": ("content", "guests")},
    impersonal=IMPERSONAL,
)
