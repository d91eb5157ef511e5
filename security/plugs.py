"""What security gives to the house."""

from django.utils.translation import gettext_lazy as _

from hotel.core.plugs import (
    AdminGroup,
    ComponentPlug,
    HealthCheck,
    NavItem,
    Panel,
    PrivacyProvider,
    Schedule,
)
from security.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="security",
    verbs=("view", "manage", "respond", "approve", "break_glass"),
    admin=(
        AdminGroup(
            "Security and privacy",
            130,
            desk=(
                "security:access",
                "security:incidents",
                "security:trail",
                "security:privacy",
                "security:compliance",
            ),
        ),
    ),
    schedules=(
        Schedule(
            "security: end requests for rights",
            "security.tasks.access_requests_end",
            cron="5 * * * *",
            expires_seconds=3000,
        ),
        Schedule(
            "security: sweep emergency accesses",
            "security.tasks.emergencies_sweep",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule(
            "security: open access reviews",
            "security.tasks.access_reviews_open",
            cron="30 4 * * *",
            expires_seconds=3600,
        ),
        Schedule(
            "security: work on privacy cases",
            "security.tasks.privacy_cases_work",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule(
            "security: look after keys",
            "security.tasks.keys_work",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule("security: list what is due", "security.tasks.retention_propose", cron="50 2 * * *"),
        Schedule(
            "security: seal the trail", "security.tasks.trail_seal", every_seconds=30, expires_seconds=30
        ),
        Schedule(
            "security: do waiting checks and exports",
            "security.tasks.trail_jobs_work",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule(
            "security: make and archive months of the trail", "security.tasks.trail_months", cron="25 2 * * *"
        ),
        Schedule(
            "security: let the detectors look",
            "security.tasks.detectors",
            every_seconds=30,
            expires_seconds=30,
        ),
        Schedule(
            "security: remind of the clocks of breaches",
            "security.tasks.incident_clocks",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule(
            "security: report on compliance",
            "security.tasks.compliance_ask",
            cron="30 5 1 * *",
            expires_seconds=7200,
        ),
        Schedule(
            "security: make waiting reports",
            "security.tasks.compliance_work",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule("security: send the head of the trail", "security.tasks.head_mail", cron="0 6 * * *"),
    ),
    navigation=(
        NavItem(_("Incidents"), "security:incidents", "security", icon="triangle-alert", order=280),
        NavItem(_("Breach register"), "security:breaches", "security", icon="flag", order=285),
        NavItem(_("Audit trail"), "security:trail", "security", icon="shield", order=290),
        NavItem(_("Access"), "security:access", "security", icon="key-round", order=300),
        NavItem(_("Compliance"), "security:compliance", "security", icon="clipboard-list", order=320),
        NavItem(_("Data protection"), "security:privacy", "security", icon="user-round", order=305),
        NavItem(_("Keys"), "security:keys", "security", icon="lock", order=310),
    ),
    panels=(
        Panel(
            "requests of a guest about his data",
            "guest_act",
            "security/panels/request.html",
            "security.selectors.privacy_cases.guest_to_ask_for",
            "security",
            verb="manage",
        ),
    ),
    privacy=(
        PrivacyProvider(
            "privacy cases", export="", erase="security.services.privacy_words.guest_words_erase"
        ),
    ),
    audit_masked={
        "security.PrivacyRequest": ("changes", "words", "history"),
        "security.LegalHold": ("reason",),
        "security.PrivacyBundle": ("document", "printed"),
    },
    health=(HealthCheck("trail", _("Audit trail"), "security.selectors.trail.trail_check"),),
    invariants=("security.invariants.invariants",),
    audit_excluded={
        "security.ComplianceReport": "progress of a job; its row says who asked and how it ended",
        "security.ComplianceItem": "written once with its report; never changed",
        "security.KeyRotation": "progress of a change of keys; its row says who began it and how it ended",
        "security.IncidentEntry": "a timeline is a record itself; never changed",
        "security.IncidentEvidence": "written once and never changed; the trail binds its hash",
        "security.AuditLog": "the trail itself",
        "security.AccessEvent": "the trail itself",
        "security.AuditSeal": "seals the trail; nothing of it is changed",
        "security.SealMark": "book-keeping of the sealer",
        "security.AuditArchive": "written once by a task; never changed",
        "security.TrailJob": "progress of a job; changes every second",
    },
    personal=PERSONAL,
    impersonal=IMPERSONAL,
    untied={
        "security.AccessReviewItem.assignment": "a role may be given for all hotels of a chain, and counts at this one",
    },
    trail_excluded={
        "security.ComplianceReport": "progress of a job; changes with each look; a done one is frozen by a trigger",
        "security.ComplianceItem": "rows of a report, frozen by a trigger, proven by its hash",
        "security.KeyRotation": "progress of a job; who began it is in it; changes with each batch",
        "security.AuditLog": "the trail itself",
        "security.AuditSeal": "seals the trail: it is proven by what was exported",
        "security.SealMark": "book-keeping of the sealer",
        "security.TrailJob": "progress of a job; who asked for it is in it; changes every second",
    },
)
