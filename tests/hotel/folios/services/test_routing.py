"""Lines go where the rules of their folio send them; a limit cuts them."""

from moneyed import Money

from hotel.folios.models import Posting, RoutingRule
from hotel.folios.services.codes import standard_code
from hotel.folios.services.folios import window_open
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.postings import charge_post
from tests.factories.folios import charge_make, folio_make, money, vat_make


def rule_make(folio, window, **over) -> RoutingRule:
    values = {"valid_from": folio.property.business_date, **over}
    return RoutingRule.objects.create(property=folio.property, folio=folio, window=window, **values)


def shown(postings) -> list[tuple]:
    return [(p.window.number, str(p.gross.amount), str(p.net.amount), p.routing_rule_id) for p in postings]


def test_a_charge_goes_to_the_window_of_its_rule(cast):
    folio = folio_make(cast.alpha)
    company = window_open(folio=folio, label="Company")
    rule = rule_make(folio, company, groups=["food"])

    assert charge_make(folio, 10, code="food").window == company
    assert charge_make(folio, 10, code="food").routing_rule_id == rule.pk
    assert charge_make(folio, 10, code="beverage").window.number == 1


def test_a_limit_cuts_a_charge_with_its_taxes(cast):
    """The company pays up to 15 a day."""
    vat_make(cast.alpha)
    folio = folio_make(cast.alpha)
    rule = rule_make(folio, window_open(folio=folio), limit_amount=money(cast.alpha, 15))
    values = {
        "folio": folio,
        "code": standard_code(cast.alpha, "food"),
        "amount": money(cast.alpha, 22),
        "memo": Memo(source="pos", source_key="7"),
    }

    made = charge_post(**values)

    assert shown(made) == [(2, "15.00", "13.64", rule.pk), (1, "7.00", "6.36", None)]
    assert [str(posting.taxes.get().amount.amount) for posting in made] == ["1.360", "0.640"]
    assert [posting.source_key for posting in made] == ["7", "7#2"]
    assert [posting.pk for posting in charge_post(**values)] == [posting.pk for posting in made]
    assert shown([charge_make(folio, 11)]) == [(1, "11.00", "10.00", None)]


def test_another_folio_pays(cast):
    folio, master = folio_make(cast.alpha), folio_make(cast.alpha, kind="master", name="Group")
    rule_make(folio, master.windows.get())

    posting = charge_make(folio, 10)

    assert posting.window.folio == master
    assert posting.gross == Money(10, "EUR")
    assert Posting.objects.filter(window__folio=folio).count() == 0
