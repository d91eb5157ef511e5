"""What the audit would post is what it posts, to the cent, and nothing is stored by looking."""

from collections import Counter

from moneyed import Money

from hotel.folios.models import Folio, Posting, TransactionCode
from hotel.stays.services.check_in import check_in
from hotel.stays.services.fixed_charges import FixedChargeData, fixed_charge_add
from hotel.stays.services.foreseen import night_foreseen
from hotel.stays.services.night_audit import night_audit_run
from tests.contracts.queries import queries_of
from tests.factories.folios import transaction_code_make
from tests.factories.reservations import house_make
from tests.hotel.stays.conftest import noon  # noqa: F401


def test_the_preview_is_what_is_posted(cast):
    house = house_make(cast.alpha, doubles=6)
    for n in range(2):
        stay = house.reserve(0, 2)
        check_in(reservation=stay, actor=None, room=house.rooms[n])
    parking = transaction_code_make(cast.alpha, code="parking", name="Parking")
    fixed_charge_add(reservation=stay, data=FixedChargeData(code=parking, amount=Money("12.50", "EUR")))
    house.reserve(0, 1)  # does not come
    codes, folios = TransactionCode.objects.count(), Folio.objects.count()

    foreseen = night_foreseen(cast.alpha)

    assert (TransactionCode.objects.count(), Folio.objects.count(), Posting.objects.count()) == (
        codes,
        folios,
        0,
    )
    night_audit_run(place=cast.alpha)
    posted = Posting.objects.filter(source__in=["night", "fixed_charge"])
    assert Counter({line.code: line.postings for line in foreseen.lines}) == Counter(
        posted.values_list("code__code", flat=True)
    )
    assert foreseen.gross == sum((row.gross for row in posted), Money(0, "EUR"))
    assert foreseen.net == sum((row.net for row in posted), Money(0, "EUR"))
    assert (foreseen.stays, foreseen.lines[0].gross) == (2, Money("200.00", "EUR"))


def test_an_empty_house_posts_nothing(cast):
    house_make(cast.alpha)
    foreseen = night_foreseen(cast.alpha)
    assert (foreseen.stays, foreseen.lines, foreseen.gross) == (0, (), Money("0.00", "EUR"))


def test_the_number_of_queries_does_not_grow(cast):
    house = house_make(cast.alpha, doubles=8)
    check_in(reservation=house.reserve(0, 2), actor=None, room=house.rooms[0])
    few = len(queries_of(lambda: night_foreseen(cast.alpha)))
    for n in range(1, 5):
        check_in(reservation=house.reserve(0, 2), actor=None, room=house.rooms[n])
    assert len(queries_of(lambda: night_foreseen(cast.alpha))) == few <= 7
