"""What folios give to the house."""

from django.utils.translation import gettext_lazy as _

from hotel.core.plugs import AdminGroup, ComponentPlug, JourneySource, PrivacyProvider, Schedule
from hotel.folios.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="folios",
    verbs=("view", "manage", "post", "adjust", "invoice", "write_off"),
    admin=(
        AdminGroup(
            "Money: codes, debtors, card processors",
            25,
            models=(
                "folios.TransactionCode",
                "folios.CityAccount",
                "folios.GatewayAccount",
                "folios.ExchangeRate",
                "folios.FiscalSeries",
            ),
            desk=("dashboard:till", "dashboard:city_ledger"),
        ),
        AdminGroup("Bills, payments and the ledger: looked up", 100, desk=("dashboard:folio_list",)),
    ),
    schedules=(
        Schedule(
            "folios: reconcile payments",
            "hotel.folios.tasks.payments_reconcile",
            every_seconds=10,
            expires_seconds=10,
        ),
    ),
    journey=tuple(
        JourneySource(
            name,
            {"money": _("Money")},
            rows=f"hotel.folios.selectors.journey.{name}_of_guest",
            told="hotel.folios.selectors.journey.payment_told",
            route="dashboard:payment",
            area="folios",
        )
        for name in ("payments", "deposits")
    ),
    privacy=(
        PrivacyProvider(
            "cards",
            export="hotel.folios.services.privacy.guest_cards_export",
            erase="hotel.folios.services.privacy.guest_cards_erase",
        ),
        PrivacyProvider(
            "folios",
            export="hotel.folios.services.privacy_folios.guest_folios_export",
            erase="hotel.folios.services.privacy_folios.guest_folios_erase",
            blockers="hotel.folios.services.privacy_folios.erasure_blockers",
        ),
    ),
    demo="hotel.folios.services.demo.demo_seed",
    invariants=(
        "hotel.folios.invariants.invariants",
        "hotel.folios.payment_invariants.invariants",
        "hotel.folios.document_invariants.invariants",
    ),
    audit_excluded={
        "folios.Allowance": "moved by its postings alone, which are the record; high volume",
        "folios.Journal": "a record of changes itself; never changed or deleted",
        "folios.LedgerEntry": "a record of changes itself; never changed or deleted; very high volume",
        "folios.LedgerDay": "written once a day from the entries; never changed or deleted",
        "folios.Posting": "names who posted it; never changed or deleted; very high volume",
        "folios.PostingTax": "part of a posting; very high volume",
        "folios.CashMovement": "a record of changes itself; never changed",
        "folios.GatewayCall": "a log of attempts itself",
        "folios.GatewayNotice": "a log of what we were told itself",
        "folios.FiscalSeries": "counts the documents of a series; those are the record",
        "folios.Invoice": "names who issued it; never changed or deleted",
        "folios.InvoicedPosting": "part of a document; high volume",
        "folios.CityReminder": "a record of what was sent; never changed",
        "folios.InvoicePdf": "the printed form of a document; never changed or deleted",
    },
    audit_masked={
        "folios.CardToken": ("token",),
        "folios.GatewayAccount": ("api_key", "webhook_secret", "slug"),
        "folios.HostedPage": ("url",),
    },
    personal=PERSONAL,
    impersonal=IMPERSONAL,
)
