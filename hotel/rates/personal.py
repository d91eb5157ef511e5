"""What rates know of persons."""

from hotel.core.plugs import PersonalData

PERSONAL = (
    PersonalData(
        model="rates.TaxExemption", fields=("certificate", "holder", "document"), tier="T2", purpose="taxes",
        legal_basis="legal_obligation", retention="fiscal_document", whose="business",
        recipients=("the hotel's staff", "tax advisers and tax authorities"), source="the holder",
        kept="shows why a tax was not charged, as long as the invoice is kept",
    ),
)  # fmt: skip

IMPERSONAL = {
    "rates.CancellationPolicy.description": "the hotel's own words",
    "rates.NoShowPolicy.description": "the hotel's own words",
    "rates.DepositPolicy.description": "the hotel's own words",
    "rates.RatePlan.description": "the hotel's own words",
    "rates.Package.description": "the hotel's own words",
}
