"""Who holds duties together that are to be kept apart, and what everybody may do at a property."""

from dataclasses import dataclass

from hotel.accounts.models import User
from hotel.properties.models import Property
from security.domain.access import conflicts_among
from security.models import DutyConflict, Permission
from security.selectors.holders import rights_at


@dataclass(frozen=True)
class Finding:
    """One person who holds two duties at a property that are to be kept apart."""

    user: User
    conflict: DutyConflict


@dataclass(frozen=True)
class MatrixRow:
    """One person and what he may do at a property: area to verbs, both ascending; and the riskiest of it."""

    user: User
    areas: dict[str, list[str]]
    risk: str


def duties_of(chain_id: int) -> list[DutyConflict]:
    """The rules of a chain, with their rights."""
    return list(DutyConflict.objects.filter(chain=chain_id).select_related("first", "second"))


def findings_at(place: Property) -> list[Finding]:
    """All such people at a property, by name and rule. Three queries."""
    rules = {rule.pk: rule for rule in duties_of(place.chain_id)}
    pairs = {key: (rule.first.pair, rule.second.pair) for key, rule in rules.items()}
    held = rights_at([place.pk]).get(place.pk, {})
    broken = {user: keys for user, rights in held.items() if (keys := conflicts_among(rights, pairs))}
    people = User.objects.filter(pk__in=broken).order_by("username")
    return [Finding(user, rules[key]) for user in people for key in broken[user.pk]]


def matrix_at(place: Property) -> list[MatrixRow]:
    """Everybody who may do something at a property, by name. Three queries."""
    risks = {row.pair: row.risk for row in Permission.objects.filter(chain=place.chain_id)}
    held = rights_at([place.pk]).get(place.pk, {})
    rows = []
    for user in User.objects.filter(pk__in=held).order_by("username"):
        areas: dict[str, list[str]] = {}
        for area, verb in sorted(held[user.pk]):
            areas.setdefault(area, []).append(verb)
        found = {risks.get(pair, "ordinary") for pair in held[user.pk]}
        risk = next((level for level in ("privileged", "sensitive") if level in found), "ordinary")
        rows.append(MatrixRow(user, areas, risk))
    return rows
