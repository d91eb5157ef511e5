"""Companies, travel agents and sources."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from hotel.core.exceptions import Conflict, InvalidInput, VersionConflict
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.guests.choices import CompanyKind
from hotel.guests.models import Company
from hotel.guests.services.contacts import contact_columns
from hotel.guests.services.profiles import company_reindex, profile_link
from hotel.properties.models import Property


@dataclass(frozen=True, kw_only=True)
class CompanyData:
    """A business profile; only the name is needed.

    Attributes:
        code: as people type it; unique within the chain when given.
        commission_rate: share of the room price, 0–1.
        ar_number: account in the city ledger; unique within the chain when given.
    """

    name: str
    kind: str = CompanyKind.COMPANY
    code: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    tax_number: str = ""
    iata_number: str = ""
    commission_rate: Decimal = Decimal(0)
    ar_number: str = ""
    is_active: bool = True


CHANGEABLE = frozenset(CompanyData.__dataclass_fields__)


@transaction.atomic
def company_create(*, place: Property, data: CompanyData) -> Company:
    """Make a company of the property's chain, linked to the property.

    Raises:
        InvalidInput: no name, or contact data that cannot be read.
        Conflict: the code or the account number is taken within the chain.
    """
    columns = _columns(asdict(data), country=place.country)
    _refuse_taken(place.chain_id, columns)
    company = Company.objects.create(chain_id=place.chain_id, **columns)
    profile_link(company=company, place=place)
    return company


@transaction.atomic
def company_link(*, company: Company, place: Property) -> Company:
    """Make a company visible at a further property of its chain; repeatable.

    Raises:
        RuleBroken: the property belongs to another chain.
    """
    profile_link(company=company, place=place)
    return company


@transaction.atomic
def company_change(
    *, company: Company, changes: Mapping[str, Any], country: str = "", expected_version: int | None = None
) -> Company:
    """Change a company; locks it.

    Args:
        company: the profile to change.
        changes: fields of ``CompanyData`` to their new values.
        country: ISO 3166 code that national telephone numbers are read in; the company's own when empty.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        VersionConflict: somebody else was faster.
        InvalidInput: unreadable values.
        Conflict: the code or the account number is taken within the chain.
    """
    (company,) = lock_rows(Company.objects.filter(pk=company.pk))
    if expected_version is not None and company.version != expected_version:
        raise VersionConflict(
            _("The company is at version %(version)s now. Read it again, then repeat.")
            % {"version": company.version}
        )
    if unknown := changes.keys() - CHANGEABLE:
        raise InvalidInput(
            _("These are not changed here: %(unknown)s.") % {"unknown": ", ".join(sorted(unknown))}
        )
    columns = _columns(changes, country=country or company.country)
    columns = {name: value for name, value in columns.items() if getattr(company, name) != value}
    if not columns:
        return company
    _refuse_taken(company.chain_id, columns)
    for name, value in columns.items():
        setattr(company, name, value)
    company.version += 1
    company.save()
    company_reindex(company)
    return company


def _columns(values: Mapping[str, Any], *, country: str) -> dict[str, Any]:
    columns = contact_columns(values, country=country)
    columns = {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}
    if not columns.get("name", "-"):
        text = _("A company needs a name.")
        raise InvalidInput(text, fields={"name": [text]})
    return columns


def _refuse_taken(chain_id: int, columns: Mapping[str, Any]) -> None:
    for name in ("code", "ar_number"):
        value = columns.get(name)
        if value and Company.objects.filter(chain_id=chain_id, **{name: value}).exists():
            raise Conflict(
                _("%(value)r is taken by another company. Choose another %(name)s.")
                % {"value": value, "name": name},
                code=f"{name}_taken",
            )
