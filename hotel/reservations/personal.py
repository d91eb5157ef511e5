"""What reservations know of persons."""

from hotel.core.plugs import PersonalData

_STAYS = ("primary_guest_id", "guests__guest_id")
_OF_STAY = tuple(f"reservation__{name}" for name in _STAYS)
_TOLD = ("the hotel's staff", "the channel or agent that booked")

PERSONAL = (
    PersonalData(
        model="reservations.Booking",
        fields=("confirmation_number", "channel_code", "external_id", "group_name", "notes", "booked_at"),
        tier="T1", purpose="to keep a room for the guest", legal_basis="contract", retention="reservation",
        recipients=_TOLD, subjects=("booker_id", "reservations__primary_guest_id"),
    ),
    PersonalData(
        model="reservations.Reservation",
        fields=(
            "number", "status", "arrival", "departure", "adults", "children", "child_ages", "eta", "etd",
            "room_wishes", "cancel_reason",
        ),
        tier="T1", purpose="to keep a room for the guest", legal_basis="contract", retention="reservation",
        recipients=_TOLD, subjects=_STAYS,
    ),
    PersonalData(
        model="reservations.Reservation", fields=("exemptions",), tier="T1", purpose="taxes",
        legal_basis="legal_obligation", retention="fiscal_document", subjects=_STAYS,
        kept="shows why a tax was not charged, as long as the invoice is kept",
    ),
    PersonalData(
        model="reservations.ReservationGuest", fields=("role",), tier="T1", purpose="to know who stays",
        legal_basis="contract", retention="reservation", subjects=("guest_id",),
    ),
    PersonalData(
        model="reservations.ReservationNote", fields=("kind", "text", "created_at"), tier="T3",
        purpose="to look after the guest", legal_basis="contract", retention="reservation", subjects=_OF_STAY,
        source="the guest, or the hotel's staff",
    ),
    PersonalData(
        model="reservations.ReservationChange", fields=("kind", "at", "before", "after", "reason"), tier="T1",
        purpose="to prove what was agreed to", legal_basis="legitimate_interest", retention="reservation",
        subjects=_OF_STAY, source="the hotel's staff",
    ),
    PersonalData(
        model="reservations.PriceHold", fields=("child_ages", "exemptions"), tier="T1",
        purpose="to keep a price for some minutes", legal_basis="contract", retention="reservation",
        subjects=("booking__booker_id", "booking__reservations__primary_guest_id"),
    ),
    PersonalData(
        model="reservations.Turnaway", fields=("notes",), tier="T1", purpose="to know the demand",
        legal_basis="legitimate_interest", retention="reservation", whose="business", source="the hotel's staff",
    ),
    PersonalData(
        model="reservations.GroupBlock", fields=("notes",), tier="T1", purpose="to look after a group",
        legal_basis="contract", retention="reservation", whose="business", source="the organiser",
    ),
)  # fmt: skip

IMPERSONAL = {
    "reservations.Reservation.policies": "terms as sold",
    "reservations.Reservation.stay_taxes": "amounts by tax",
    "reservations.PriceHold.children": "how many, by age band",
    "reservations.PriceHold.quote": "prices",
    "reservations.ImportMapping.contents": "names of columns",
    "reservations.ImportRun.fingerprint": "of a file, not of a person",
    "reservations.ImportRun.mapping": "names of columns",
    "reservations.ReservationNight.children": "how many, by age band",
    "reservations.ReservationNight.price_detail": "how a price came about",
    "reservations.ReservationNight.alone_detail": "how a price came about",
}
