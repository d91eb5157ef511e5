"""What reservations gives to the house."""

from django.utils.translation import gettext_lazy as _

from hotel.core.plugs import AdminGroup, ComponentPlug, JourneySource, PrivacyProvider, Schedule
from hotel.reservations.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="reservations",
    verbs=("view", "manage", "override", "assign"),
    admin=(
        AdminGroup(
            "Reservations: looked up",
            90,
            desk=("dashboard:reservation_list", "dashboard:block_list", "dashboard:waitlist"),
        ),
    ),
    journey=(
        JourneySource(
            "changes",
            {"bookings": _("Bookings"), "stays": _("Stays")},
            rows="hotel.reservations.selectors.journey.changes_of_guest",
            told="hotel.reservations.selectors.journey.change_told",
            route="dashboard:reservation_detail",
            area="reservations",
        ),
        JourneySource(
            "notes",
            {"requests": _("Requests and notes")},
            rows="hotel.reservations.selectors.journey.notes_of_guest",
            told="hotel.reservations.selectors.journey.note_told",
            route="dashboard:reservation_detail",
            area="reservations",
        ),
    ),
    privacy=(
        PrivacyProvider(
            "stays",
            export="hotel.reservations.services.privacy.guest_stays_export",
            erase="hotel.reservations.services.privacy.guest_stays_erase",
            blockers="hotel.reservations.services.privacy.erasure_blockers",
        ),
    ),
    demo="hotel.reservations.services.demo.demo_seed",
    schedules=(
        Schedule(
            "reservations: end holds and options",
            "hotel.reservations.tasks.expiries_sweep",
            every_seconds=30,
            expires_seconds=30,
        ),
        Schedule(
            "reservations: offer rooms to the waiting list, cut blocks off",
            "hotel.reservations.tasks.groups_sweep",
            every_seconds=300,
            expires_seconds=300,
        ),
    ),
    invariants=("hotel.reservations.invariants.invariants",),
    audit_excluded={
        "reservations.Booking": "what is changed stands in the change log of its stays; high volume",
        "reservations.Reservation": "every command writes a ReservationChange with before and after; high volume",
        "reservations.ReservationNight": "prices before and after stand in ReservationChange; very high volume",
        "reservations.ReservationGuest": "who came and went stands in ReservationChange; high volume",
        "reservations.ReservationChange": "a record of changes itself; never changed or deleted",
        "reservations.BlockNight": "changes with every pick-up; changes of the grid stand in its GroupBlock's audit",
        "reservations.PriceHold": "lives for minutes and records its own end; high volume",
    },
    personal=PERSONAL,
    impersonal=IMPERSONAL,
)
