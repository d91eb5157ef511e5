"""Tables of the hotel day."""

from hotel.stays.models.fixed_charges import FixedCharge
from hotel.stays.models.night_audits import NightAudit, NightAuditStep
from hotel.stays.models.statistics import DailyStatistic

__all__ = ["DailyStatistic", "FixedCharge", "NightAudit", "NightAuditStep"]
