"""The worked tables of docs/algorithms: what the pages say is what the code does."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from moneyed import Money

from hotel.rates.domain.cancellation import cancellation_fee, deadline_at
from hotel.rates.domain.parties import party_of
from hotel.rates.domain.postings import stay_postings
from hotel.rates.domain.pricing import chain_prices, party_price, row_for
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.domain.restrictions import Wish, broken_by_scope
from hotel.rates.domain.terms import ChildTerms
from tests.factories.rate_terms import (
    BANDS,
    CENT,
    DOUBLE,
    MONDAY,
    asked,
    dec,
    element,
    plan,
    price,
    quoted,
    rule,
    sheet,
    tax,
)
from tests.pages import worked_table

WEEKDAYS = {"all": 127, "Fri, Sat": 48}
LEVELS = {"always": 0, "season": 1, "dated": 2}


def rate(text: str) -> Decimal:
    """``-10 %`` as -0.10."""
    return Decimal(text.removesuffix(" %")) / 100


def stated(row: dict[str, str], **names: str) -> dict[str, str]:
    """Columns that say something, under the names of the terms."""
    return {name: row[column] for name, column in names.items() if row[column] != "–"}


def price_rows() -> list:
    rows = []
    for line in worked_table("pricing", "Prices"):
        when = stated(line, start="From", end="To (excluded)")
        rows.append(
            price(
                line["Amount"],
                pk=int(line["Row"]),
                level=LEVELS[line["Kind"]],
                weekdays=WEEKDAYS[line["Weekdays"]],
                extra_adult=Decimal(30),
                by_child={"child": ChildTerms("share", Decimal("0.5"))},
                **{key: date.fromisoformat(value) for key, value in when.items()},
            )
        )
    return rows


def plan_chain() -> list:
    chain = []
    for pk, line in enumerate(worked_table("pricing", "Plans"), start=1):
        over = stated(line, offset_amount="Amount", rounding_step="Step", floor="Floor", ceiling="Ceiling")
        if line["Rate"] != "–":
            over["offset_rate"] = rate(line["Rate"])
        chain.append(plan(pk, line["Plan"], rounding_mode=line["Mode"].replace(" ", "_"), **over))
    return chain


@pytest.mark.parametrize(
    "line", worked_table("pricing", "Nights"), ids=lambda line: f"{line['Night']} {line['Guests']}"
)
def test_pricing_nights(line):
    adults, _, child = line["Guests"].partition(", ")
    occupancy = Occupancy(int(adults.split()[0]), child_ages=(8,) if child else ())
    chosen = row_for(price_rows(), date.fromisoformat(line["Night"]))
    exact = party_price(chosen, DOUBLE, party_of(occupancy, BANDS))
    shown = [str(level.shown) for level in chain_prices(exact, plan_chain(), CENT)]
    assert (str(chosen.id), exact) == (line["Row"], dec(line["Unrounded"]))
    assert shown == [line["BAR"], line["NRF"], line["APP"]]


@pytest.mark.parametrize(
    "line",
    worked_table("pricing", "Hours"),
    ids=lambda line: f"{line['From']}-{line['To']} by {line['Step']}",
)
def test_pricing_hours(line):
    start, end = (datetime.combine(MONDAY, time.fromisoformat(line[name])) for name in ("From", "To"))
    least = None if line["Least"] == "–" else int(line["Least"])
    by_hour = {"day_use_hours": 8, "day_use_step": int(line["Step"]), "day_use_least": least}
    plans = [
        plan(room_type_ids=frozenset({1}), **by_hour),
        plan(2, "Nrf", parent_id=1, offset_rate="-0.15", day_use_hours=8),
    ]
    request = asked(departure=MONDAY, is_day_use=True, minutes=(end - start).seconds // 60)
    found = [quoted(sheet(price("14.90"), plans=plans), request, plan_id=pk) for pk in (1, 2)]
    assert [str(quote.total.amount) for quote in found] == [line["Price"], line["Derived"]]
    assert f": {line['Hours paid']} × the price of an hour" in found[0].nights[0].steps[1].text


def test_pricing_lines():
    terms = sheet(
        price(110),
        taxes=[
            tax(groups=("room", "food")),
            tax("CITY", method="per_person_night", amount=2, is_inclusive=False, pk=2),
            tax("CLEAN", method="per_stay", amount=20, is_inclusive=False, pk=3),
        ],
        elements={
            1: [element("BF", 11), element("CAR", 10, pk=2, group="other", basis="flat", is_included=False)]
        },
    )
    quote = quoted(terms, asked())
    found = [
        [line.net.amount, *_taxes(line.taxes), line.gross.amount, line.code] for line in stay_postings(quote)
    ]
    assert quote.total.amount == sum(row[3] for row in found)
    found.append([*(sum(row[n] for row in found) for n in range(4)), "total"])
    columns = ("Net", "Contained taxes", "Added taxes", "Gross")
    assert found == [
        [*(dec(line[column]) for column in columns), line["Line"]]
        for line in worked_table("pricing", "Lines")
    ]


def _taxes(lines) -> list[Decimal]:
    """Contained and added ones, summed."""
    return [
        sum((line.amount.amount for line in lines if line.is_inclusive is inside), Decimal(0))
        for inside in (True, False)
    ]


def tax_rules() -> list:
    rules = []
    for pk, line in enumerate(worked_table("taxes", "Rules")):
        over = {"amount": line["Rate or amount"]} if line["Method"] != "percent" else {}
        if line["Ages"] != "–":
            over["min_age"] = int(line["Ages"].removesuffix("–"))
        if line["Nights"] != "–":
            over["max_nights"] = int(line["Nights"])
        share = rate(line["Rate or amount"]) if line["Method"] == "percent" else 0
        below = [] if line["Stacked on"] == "–" else [line["Stacked on"]]
        inside = line["Kind"] == "contained"
        rules.append(
            tax(
                line["Code"],
                share,
                pk=pk,
                method=line["Method"],
                is_inclusive=inside,
                stacked_on=below,
                **over,
            )
        )
    return rules


def test_taxes_of_a_family_for_ten_nights():
    request = asked(departure=MONDAY + timedelta(10), occupancy=Occupancy(2, child_ages=(16, 8)))
    quote = quoted(sheet(price(200), taxes=tax_rules()), request)
    early, late, once, stay = worked_table("taxes", "Amounts")
    codes = [line["Code"] for line in worked_table("taxes", "Rules")]

    def amounts(lines, total) -> dict[str, Decimal]:
        found = dict.fromkeys(codes, Decimal(0))
        for line in lines:
            found[line.code] += line.amount.amount
        return found | {"Total": total.amount}

    def wanted(line) -> dict[str, Decimal]:
        return {name: dec(line[name].replace("–", "0")) for name in (*codes, "Total")}

    assert [amounts(night.taxes, night.total) for night in quote.nights] == [wanted(early)] * 7 + [
        wanted(late)
    ] * 3
    assert amounts(quote.stay_taxes, Money(3, "EUR")) == wanted(once)
    every = [line for night in quote.nights for line in night.taxes]
    assert amounts([*every, *quote.stay_taxes], quote.total) == wanted(stay)


def owed(text: str) -> dict:
    """``20 %`` or ``1 night`` as a step states it."""
    number, unit = text.split()
    if unit == "%":
        return {"penalty": "percent", "share": str(Decimal(number) / 100)}
    return {"penalty": "nights", "nights": int(number)}


@pytest.mark.parametrize(
    "line", worked_table("cancellation", "Fees"), ids=lambda line: line["Cancelled, Vienna clock"]
)
def test_cancellation_fees(line):
    steps = [
        {
            "deadline": "before_arrival",
            "days_before": int(tier["Days before"]),
            "at_time": tier["At"],
            **owed(tier["Owed"]),
        }
        for tier in worked_table("cancellation", "Tiers")
    ]
    vienna = ZoneInfo("Europe/Vienna")
    found = cancellation_fee(
        {"grace_hours": 24, "steps": steps},
        nights=[Money(amount, "EUR") for amount in (100, 120, 80)],
        total=Money(300, "EUR"),
        arrival=date(2027, 7, 10),
        zone=vienna.key,
        cancelled_at=datetime.fromisoformat(line["Cancelled, Vienna clock"]).replace(tzinfo=vienna),
        booked_at=datetime(2027, 3, 1, 12, tzinfo=vienna),
    )
    assert (found.amount.amount, found.deadline_text) == (dec(line["Fee"]), line["Why"])


@pytest.mark.parametrize(
    "line", worked_table("cancellation", "Clocks"), ids=lambda line: f"{line['Zone']} {line['Arrival']}"
)
def test_cancellation_clocks(line):
    step = {"deadline": "before_arrival", "days_before": line["Days before"], "at_time": line["At"]}
    found = deadline_at(
        step,
        arrival=date.fromisoformat(line["Arrival"]),
        zone=line["Zone"],
        booked_at=datetime.combine(MONDAY, time(), UTC),
    )
    assert found == datetime.fromisoformat(line["Instant (UTC)"]).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "line", worked_table("restrictions", "Stays"), ids=lambda line: f"{line['Rule']} {line['On']}"
)
@pytest.mark.parametrize("stay", ["A 10–12", "B 9–11", "C 10–13"])
def test_restrictions_of_stays(line, stay):
    kind, _, value = line["Rule"].partition(" ")
    day = date(2027, 3, int(line["On"]))
    row = rule(kind, int(value) if value else None, start=day, end=day + timedelta(1))
    first, past = (date(2027, 3, int(text)) for text in stay[2:].split("–"))
    broken = broken_by_scope([row], Wish(first, past, date(2027, 3, 1), persons=2))
    assert ("broken" if broken else "kept") == line[stay]


@pytest.mark.parametrize(("page", "title"), [("pricing", "Nowhere"), ("cancellation", "Clocks ")])
def test_a_page_without_the_table_is_an_error(page, title):
    with pytest.raises(ValueError, match="has no"):
        worked_table(page, title)
