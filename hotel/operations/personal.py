"""What operations knows of persons."""

from hotel.core.plugs import PersonalData

_SUBJECTS = ("reservation__primary_guest_id",)

PERSONAL = (
    PersonalData(
        model="operations.LostItem", fields=("description",), tier="T1", purpose="to give back what was left behind",
        legal_basis="legal_obligation", retention="business_letter", subjects=_SUBJECTS,
        source="the hotel's staff",
    ),
    PersonalData(
        model="operations.LostItem", fields=("signed_name", "ship_to", "carrier_reference"), tier="T2",
        purpose="to prove to whom it was given", legal_basis="legal_obligation", retention="business_letter",
        recipients=("the hotel's staff", "carriers"), subjects=_SUBJECTS, source="who fetches it, or its owner",
    ),
)  # fmt: skip

IMPERSONAL = {
    "operations.TaskChange.note": "about the work",
    "operations.WorkOrderChange.note": "about the work",
}
