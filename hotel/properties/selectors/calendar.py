"""The fiscal calendar of a property."""

from datetime import date

from hotel.core.exceptions import InvalidInput
from hotel.properties.choices import SettingKey
from hotel.properties.domain.calendar import FiscalDay, FiscalKind, fiscal_day
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value


def fiscal_day_at(place: Property, day: date | None = None) -> FiscalDay:
    """Where a business date (the open one when None) stands in the calendar that counts on it.

    Raises:
        InvalidInput: a day that no hotel keeps books of.
    """
    wanted = day or place.business_date
    kind = FiscalKind(setting_value(place.pk, SettingKey.FISCAL_CALENDAR, wanted))
    try:
        return fiscal_day(wanted, kind, place.fiscal_year_start_month)
    except ValueError as error:
        raise InvalidInput(str(error), code="dates_invalid") from error
