"""Transaction codes: seeded for each property, made when a tax or package element is posted first, retired."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from hotel.core.exceptions import InvalidInput, NotFound, RuleBroken
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.plugs import payment_code_owners
from hotel.core.words import _
from hotel.folios.choices import CodeKind
from hotel.folios.domain.codes import STANDARD, CodeSeed
from hotel.folios.models import TransactionCode
from hotel.properties.models import Property

_STANDARD = {(seed.kind, seed.code): seed for seed in STANDARD}
CHANGEABLE = frozenset({"name", "department", "is_taxed", "is_active", "adjustment_code"})


@transaction.atomic
def codes_seed(*, place: Property) -> None:
    """Give a property the standard codes. Repeatable: what is there stays as it is.

    Locks: the setting-up of the property's codes, when some are missing.
    """
    codes_ensure(place=place, seeds=STANDARD)


@transaction.atomic
def codes_ensure(*, place: Property, seeds: Iterable[CodeSeed]) -> dict[tuple[str, str], TransactionCode]:
    """The codes by kind and code; those that are missing are made, standard ones all at once.

    One query when all are there.

    Locks: the setting-up of the property's codes, when some are missing.
    """
    wanted = {(seed.kind, seed.code): seed for seed in seeds}
    found = _known(place, wanted)
    if wanted.keys() == found.keys():
        return found
    advisory_lock(LockSpace.PROPERTY_SETUP, f"codes {place.pk}")
    _make(place, wanted if wanted.keys().isdisjoint(_STANDARD) else {**_STANDARD, **wanted})
    return _known(place, wanted)


def codes_foreseen(*, place: Property, seeds: Iterable[CodeSeed]) -> dict[tuple[str, str], TransactionCode]:
    """The codes by kind and code, as ``codes_ensure`` would give them; those that are missing are not stored."""
    wanted = {(seed.kind, seed.code): seed for seed in seeds}
    return {key: _unsaved(place, seed) for key, seed in wanted.items()} | _known(place, wanted)


def standard_code(place: Property, code: str) -> TransactionCode:
    """A standard code by its name; the property's codes are seeded when it has none yet.

    Raises:
        NotFound: no such standard code.
    """
    rows = TransactionCode.objects.at(place.pk).filter(code=code, is_standard=True)
    row = rows.first()
    if row is None:
        codes_seed(place=place)
        row = rows.first()
    if row is None:
        raise NotFound(_("There is no standard code %(code)s.") % {"code": code})
    return row


def payment_code_check(place: Property, code: TransactionCode, *, source: str = "") -> None:
    """Refuse a code that no payment is posted with here.

    Args:
        source: of the posting, when it is made by a component.

    Raises:
        InvalidInput: of another property, of no payment, retired, or what another component alone posts with
            (``code_invalid``).
    """
    owner = payment_code_owners().get(code.code, source)
    if (code.property_id, code.kind) != (place.pk, CodeKind.PAYMENT) or not code.is_active or owner != source:
        raise InvalidInput(_("%(code)s is no way of payment here.") % {"code": code}, code="code_invalid")


@transaction.atomic
def code_create(*, place: Property, values: Mapping[str, Any]) -> TransactionCode:
    """Make a code of the house's own.

    Raises:
        InvalidInput: taxes are made by the rules of rates, not by hand (``code_of_a_tax``); a component posts with it
            (``code_of_a_component``); a group where none belongs, or none.
        RuleBroken: the adjustment code is no adjustment of this group.
    """
    code = TransactionCode(property=place, **values)
    if code.kind == CodeKind.TAX:
        raise InvalidInput(_("Codes of taxes come from the tax rules."), code="code_of_a_tax")
    if code.kind == CodeKind.PAYMENT and code.code in payment_code_owners():
        raise InvalidInput(
            _("%(code)s is posted by the house itself.") % {"code": code.code}, code="code_of_a_component"
        )
    _check_adjustment(code)
    code.full_clean()
    code.save()
    return code


@transaction.atomic
def code_change(*, code: TransactionCode, changes: Mapping[str, Any]) -> TransactionCode:
    """Rename or retire a code; kind and group are what its postings were counted by, so they stay.

    Raises:
        InvalidInput: another field.
        RuleBroken: a standard code would be retired; the adjustment code does not fit.

    Locks: the code.
    """
    if fixed := sorted(set(changes) - CHANGEABLE):
        raise InvalidInput(
            _("Fixed once a code is made: %(fixed)s.") % {"fixed": ", ".join(fixed)}, code="code_field_fixed"
        )
    (fresh,) = lock_rows(TransactionCode.objects.filter(pk=code.pk))
    for name, value in changes.items():
        setattr(fresh, name, value)
    if fresh.is_standard and not fresh.is_active:
        raise RuleBroken(_("The house posts with this code by itself."), code="code_is_standard")
    _check_adjustment(fresh)
    fresh.full_clean()
    fresh.save()
    return fresh


def _make(place: Property, wanted: Mapping[tuple[str, str], CodeSeed]) -> None:
    """Make the codes that are not there, and let the standard ones be adjusted with their rebates."""
    found = _known(place, wanted)
    TransactionCode.objects.bulk_create(
        _unsaved(place, seed) for key, seed in wanted.items() if key not in found
    )
    known = _known(place, wanted)
    linked = [known[key] for key, seed in wanted.items() if seed.adjustment and key not in found]
    for code in linked:
        code.adjustment_code = known[CodeKind.ADJUSTMENT, wanted[code.kind, code.code].adjustment]
    TransactionCode.objects.bulk_update(linked, ["adjustment_code"])


def _unsaved(place: Property, seed: CodeSeed) -> TransactionCode:
    return TransactionCode(
        property=place,
        code=seed.code,
        name=seed.name,
        kind=seed.kind,
        group=seed.group,
        department=seed.department,
        is_taxed=seed.is_taxed,
        is_standard=(seed.kind, seed.code) in _STANDARD,
    )


def _known(
    place: Property, wanted: Mapping[tuple[str, str], CodeSeed]
) -> dict[tuple[str, str], TransactionCode]:
    rows = TransactionCode.objects.at(place.pk).filter(code__in={code for _, code in wanted})
    return {(row.kind, row.code): row for row in rows if (row.kind, row.code) in wanted}


def _check_adjustment(code: TransactionCode) -> None:
    other = code.adjustment_code
    if other is not None and (other.kind, other.group) != (CodeKind.ADJUSTMENT, code.group):
        text = _("Charges are adjusted with a code of the kind adjustment and of the same group.")
        raise RuleBroken(text, code="adjustment_code_invalid")
