"""What stays know of persons."""

from hotel.core.plugs import PersonalData

PERSONAL = (
    PersonalData(
        model="stays.FixedCharge", fields=("description",), tier="T1", purpose="to charge what recurs daily",
        legal_basis="contract", retention="reservation",
        subjects=("reservation__primary_guest_id", "reservation__guests__guest_id"),
        source="the hotel's staff",
    ),
)  # fmt: skip

IMPERSONAL = {
    "stays.NightAudit.blockers": "numbers of stays and folios",
    "stays.NightAuditStep.result": "counts",
    "stays.DailyStatistic.persons": "how many, by age band",
}
