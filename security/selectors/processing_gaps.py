"""What is missing in the record of processing: said as such, never passed over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hotel.core.clock import now
from hotel.core.personal import personal_data
from hotel.properties.models import Property
from security.domain.transfers import is_transfer
from security.models import Processor, RetentionRule
from security.privacy_choices import DocumentClass

STAFF = "the hotel's staff"


@dataclass(frozen=True)
class Gap:
    """Something that the law asks for and nobody has written down: where, what, and the article."""

    where: str
    says: str
    article: str


def gaps(place: Property) -> list[Gap]:
    """All gaps of a property's record, in its order: who answers, for how long, who is told, where data go."""
    return [
        *_of_controller(place),
        *_of_purposes(),
        *_of_retention(place, now().astimezone(place.zone).date()),
        *_of_processors(list(Processor.objects.filter(property=place, is_active=True))),
    ]


def _of_controller(place: Property) -> Iterator[Gap]:
    for name in ("address", "email", "country"):
        if not getattr(place, name):
            yield Gap("Controller", f"The hotel has no {name} here.", "30(1)(a)")
    text = "No data protection officer is known to the house; write beside the record who it is, if there is one."
    yield Gap("Controller", text, "30(1)(a)")


def _of_purposes() -> Iterator[Gap]:
    for row in personal_data():
        if not row.purpose or not row.legal_basis:
            yield Gap(row.model, "No purpose or no legal basis is declared.", "30(1)(b)")


def _of_retention(place: Property, day: date) -> Iterator[Gap]:
    """One gap for each document class in use that has no rule in force, or one that nobody confirmed."""
    rules = RetentionRule.objects.filter(property=place, country=place.country, valid_from__lte=day)
    in_force = [rule for rule in rules if rule.valid_to is None or rule.valid_to >= day]
    for name in sorted({row.retention for row in personal_data()}):
        found = [rule for rule in in_force if rule.document_class == name]
        label = DocumentClass(name).label if name in DocumentClass.values else name
        if not found:
            yield Gap(f"Retention: {label}", "Nobody has decided how long it is kept.", "30(1)(f)")
        elif not all(rule.is_confirmed for rule in found):
            yield Gap(f"Retention: {label}", "Counsel has not confirmed how long it is kept.", "30(1)(f)")


def _of_processors(rows: list[Processor]) -> Iterator[Gap]:
    if not rows:
        told = ", ".join(_recipients())
        text = f"No processor is named, though data are declared to go to: {told}."
        yield Gap("Processors", text, "28, 30(1)(d)")
    for row in rows:
        if row.contract_on is None:
            yield Gap(f"Processor {row.name}", "No day of a processing agreement.", "28(3)")
        if is_transfer(row.country) and not row.safeguards:
            text = f"Data go to {row.country}, outside the EEA, without safeguards written down."
            yield Gap(f"Processor {row.name}", text, "30(1)(e), 44")


def _recipients() -> Iterable[str]:
    """Categories of recipients that any app declares, but for the hotel's own people; each once, ascending."""
    return sorted({one for row in personal_data() for one in row.recipients} - {STAFF})
