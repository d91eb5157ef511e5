"""What is foreseen goes where it will be posted, and leaves nothing behind."""

import pytest

from hotel.core.exceptions import NotFound
from hotel.folios.domain.documents import content
from hotel.folios.models import Folio, Posting
from hotel.folios.services.codes import standard_code
from hotel.folios.services.folios import folio_open
from hotel.folios.services.posting_data import Memo, PostingData
from hotel.folios.services.postings import postings_post
from hotel.folios.services.pro_formas import folio_foreseen, stay_pro_forma
from tests.cast import TODAY
from tests.factories.folios import money
from tests.factories.reservations import reservation_make


def drink(folio, key="k"):
    place = folio.property
    code = standard_code(place, "beverage")
    return PostingData(
        folio_id=folio.pk,
        code=code,
        net=money(place, 5),
        revenue_date=TODAY,
        source_key=key,
        description="Tea",
    )


def total(draft):
    return content(draft, "")["totals"]["total"]


def test_before_there_is_a_folio_all_lines_are_on_the_first_window(cast):
    stay = reservation_make(cast.alpha)
    folio = folio_foreseen(stay)
    draft = stay_pro_forma(folio=folio, coming={"bar": [drink(folio)]}, language="en")
    assert (folio.pk, total(draft), draft.account, draft.stay.number) == (0, "5.00", "", stay.number)
    assert not Folio.objects.exists()


def test_what_its_source_has_posted_is_not_foreseen_again(cast):
    stay = reservation_make(cast.alpha)
    folio_open(reservation=stay)
    folio = folio_foreseen(stay)
    lines = [drink(folio, "a"), drink(folio, "b")]
    assert total(stay_pro_forma(folio=folio, coming={"bar": lines})) == "10.00"
    postings_post(place=cast.alpha, lines=lines[:1], actor=None, memo=Memo(source="bar"))
    assert total(stay_pro_forma(folio=folio, coming={"bar": lines})) == "10.00"
    assert total(stay_pro_forma(folio=folio, coming={"pub": lines})) == "15.00"
    assert Posting.objects.count() == 1


def test_a_window_that_is_not_there_has_none(cast):
    stay = reservation_make(cast.alpha)
    for _ in range(2):
        with pytest.raises(NotFound):
            stay_pro_forma(folio=folio_foreseen(stay), coming={}, window=2)
        folio_open(reservation=stay)
