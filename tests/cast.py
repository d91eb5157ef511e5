"""The cast: Alpha (EUR, Vienna) and Beta (JPY, Tokyo), and the people who work there.

Ada is general manager of both; Bo front desk, Cy accountant, Di housekeeping and Rae reservations at Alpha;
Val revenue manager at Alpha; Eve front desk of Beta only; Gus is a guest's name; Ida has no role at all.
"""

from dataclasses import dataclass
from datetime import date

from hotel.accounts.models import User
from hotel.properties.models import AgeBand, BusinessDay, Chain, Property

TODAY = date(2027, 3, 14)


@dataclass
class Cast:
    """Everyone and everything a test may need."""

    chain: Chain
    alpha: Property
    beta: Property
    ada: User
    bo: User
    cy: User
    di: User
    rae: User
    val: User
    eve: User
    ida: User


def make_property(chain: Chain, code: str, **values) -> Property:
    """A property with an open business day and two age bands."""
    place = Property.objects.create(chain=chain, code=code, **{"business_date": TODAY, **values})
    BusinessDay.objects.create(property=place, business_date=place.business_date)
    AgeBand.objects.create(property=place, code="adult", name="Adult", min_age=12, max_age=199)
    AgeBand.objects.create(property=place, code="child", name="Child", min_age=0, max_age=11)
    return place


def make_cast() -> Cast:
    """Create the cast; roles are materialised into guardian grants by the services."""
    from hotel.accounts.services.roles import role_assign, roles_seed

    chain = Chain.objects.create(code="CAST", name="Cast Hotels")
    alpha = make_property(
        chain, "ALPHA", name="Alpha", time_zone="Europe/Vienna", currency="EUR", country="AT", language="de"
    )
    beta = make_property(chain, "BETA", name="Beta", time_zone="Asia/Tokyo", currency="JPY", country="JP")
    roles = roles_seed(chain=chain)

    def person(name: str, *held: tuple[str, Property]) -> User:
        user = User.objects.create_user(
            username=name, email=f"{name}@example.com", chain=chain, is_staff=True
        )
        for code, place in held:
            role_assign(user=user, role=roles[code], place=place)
        return user

    return Cast(
        chain=chain,
        alpha=alpha,
        beta=beta,
        ada=person("ada", ("general_manager", alpha), ("general_manager", beta)),
        bo=person("bo", ("front_desk", alpha)),
        cy=person("cy", ("accountant", alpha)),
        di=person("di", ("housekeeping", alpha)),
        rae=person("rae", ("reservations", alpha)),
        val=person("val", ("revenue_manager", alpha)),
        eve=person("eve", ("front_desk", beta)),
        ida=person("ida"),
    )
