"""The worked night of docs/algorithms/night_audit.md, played by the real services."""

from collections import defaultdict
from decimal import Decimal

from moneyed import Money

from hotel.folios.models import LedgerEntry, Posting, PostingTax
from hotel.folios.services.codes import standard_code
from hotel.stays.domain.night_audit import STEPS
from hotel.stays.models import DailyStatistic
from hotel.stays.services.check_in import check_in
from hotel.stays.services.fixed_charges import FixedChargeData, fixed_charge_add
from hotel.stays.services.night_audit import night_audit_run
from tests.factories.rates import no_show_policy_make, tax_rule_make
from tests.factories.reservations import house_make
from tests.pages import worked_table


def posted_for(row):
    """Codes in order, and gross, net, VAT and city tax of a stay."""
    postings = Posting.objects.filter(window__folio__reservation=row).order_by("pk")
    taxes = defaultdict(Decimal)
    for tax in PostingTax.objects.filter(posting__in=postings).select_related("code"):
        taxes[tax.code.code] += tax.amount.amount
    return {
        "posted": ", ".join(
            {"CITY": "city tax"}.get(p.code.code, p.code.code) for p in postings.select_related("code")
        ),
        "gross": sum((p.gross.amount for p in postings), Decimal(0)),
        "net": sum((p.net.amount for p in postings), Decimal(0)),
        "VAT": taxes["VAT"],
        "city tax": taxes["CITY"],
    }


def test_the_worked_night_of_the_page(cast):
    tax_rule_make(cast.alpha, "VAT")
    tax_rule_make(cast.alpha, "CITY", is_inclusive=False, method="per_stay", amount=Money(3, "EUR"))
    house = house_make(cast.alpha, doubles=5)
    house.plan.no_show_policy = no_show_policy_make(
        cast.alpha, "FIRST", penalty="nights", nights=1, share=None
    )
    house.plan.save()
    tonight = house.place.business_date
    *rows, total = worked_table("night_audit", "A worked night")
    stays = {}
    for n, row in enumerate(rows):
        free = {"flags": frozenset({"is_complimentary"})} if "complimentary" in row["happens"] else {}
        price = (
            {} if free else {"prices": {tonight: Money(Decimal(row["sold as"]), "EUR")}, "is_agreed": True}
        )
        stays[row["stay"]] = house.reserve(0, 1, **price, **free)
        if "in house" in row["happens"]:
            check_in(reservation=stays[row["stay"]], actor=None, room=house.rooms[n])
        if "parking" in row["happens"]:
            parking = FixedChargeData(code=standard_code(house.place, "service"), amount=Money(15, "EUR"))
            fixed_charge_add(reservation=stays[row["stay"]], data=parking)

    night_audit_run(place=house.place)

    for row in rows:
        found = posted_for(stays[row["stay"]])
        assert found.pop("posted") == row["posted"], row["stay"]
        assert found == {name: Decimal(row[name]) for name in found}, row["stay"]
    whole = {
        name: sum(posted_for(stay)[name] for stay in stays.values())
        for name in ("gross", "net", "VAT", "city tax")
    }
    assert whole == {name: Decimal(total[name]) for name in whole}
    day = DailyStatistic.objects.get()
    assert (day.rooms_sold, day.rooms_complimentary, day.no_shows) == (2, 1, 1)
    figures = (day.room_revenue, day.no_show_revenue, day.other_revenue, day.tax)
    assert figures == tuple(Money(amount, "EUR") for amount in (279, 99, 15, 27))
    ledgers = defaultdict(Decimal)
    for entry in LedgerEntry.objects.all():
        ledgers[entry.ledger] += entry.amount.amount
    assert ledgers == {"guest": Decimal(321), "revenue": Decimal(-294), "tax": Decimal(-27)}


def test_the_steps_of_the_page_are_those_of_the_plan():
    assert [row["Step"] for row in worked_table("night_audit", "The steps")] == [str(step) for step in STEPS]
