"""The page of the sheet: out, looked at, and back in."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hotel.core.exports import xlsx_bytes
from hotel.rates.domain.promo_sheet import COLUMNS, TAKEN
from hotel.rates.models import PromoCode
from tests.factories.rates import promo_make

PAGE, FILE = "/dashboard/rules/promo/sheet", "/dashboard/rules/promo/sheet.xlsx"
FRESH = ["FRESH", "Fresh", "10", "", "", "", "", "", "", "", "yes", "yes"]


@pytest.fixture
def val(cast, signed_in):
    return signed_in(cast.val)


def words(answer, status=200):
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def sent(client, content: bytes, name="codes.xlsx"):
    return client.post(PAGE, {"sheet": SimpleUploadedFile(name, content)})


def test_a_workbook_goes_out_is_looked_at_and_taken(house, val):
    promo_make(house.place, name="Spring")
    file = val.get(FILE)
    assert file["Content-Disposition"] == f'attachment; filename="promotion-codes-{house.place.code}.xlsx"'
    assert "Every line stands there already" in words(sent(val, file.content))

    page = sent(val, xlsx_bytes([list(TAKEN), FRESH]))
    shown = words(page)
    assert ("1 added" in shown, "Take all of it" in shown) == (True, True)
    assert PromoCode.objects.count() == 1
    done = val.post(PAGE, {"taken": page.context["taken"]}, follow=True)
    assert "1 code was added. 0 codes were changed." in words(done)
    assert PromoCode.objects.get(code="FRESH").discount_rate == Decimal("0.1")
    again = val.post(PAGE, {"taken": page.context["taken"]})
    assert "changed meanwhile" in words(again)
    assert PromoCode.objects.count() == 2


def test_a_refused_line_is_told_with_its_reason_and_nothing_can_be_taken(house, val):
    page = words(
        sent(val, (";".join(TAKEN) + "\n" + ";".join([*FRESH[:-1], "perhaps"])).encode(), "codes.csv")
    )
    assert ("is_active: yes or no" in page, "1 refused" in page, "Take all of it" in page) == (
        True,
        True,
        False,
    )
    assert PromoCode.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"code\nA", "codes.csv", "Columns are missing: name"),
        (b"code", "codes.pdf", "Send an XLSX or a CSV file."),
        (b"no workbook", "codes.xlsx", "cannot be read"),
        (",".join(COLUMNS).encode(), "codes.csv", "1 to 1000 lines"),
        (b"x" * 1_000_001, "codes.csv", "up to 1 MB"),
    ],
)
def test_what_is_no_such_sheet_is_refused(house, val, content, name, says):
    assert says in words(sent(val, content, name), 422)
    assert PromoCode.objects.count() == 0


def test_what_nobody_looked_at_is_not_taken(house, val, signed_in, cast):
    for forged in ("", "x", "e30:1x:y"):
        assert "nothing was taken" in words(val.post(PAGE, {"taken": forged}, follow=True))
    assert PromoCode.objects.count() == 0


def test_who_may_not_change_prices_may_take_the_file_and_send_none(house, cast, signed_in):
    promo_make(house.place)
    bo = signed_in(cast.bo)
    assert BytesIO(bo.get(FILE).content).read(2) == b"PK"
    page = words(bo.get(PAGE))
    assert ("Export as XLSX" in page, "Look at what it does" in page) == (True, False)
    assert sent(bo, xlsx_bytes([list(TAKEN), FRESH])).status_code == 403
    assert bo.post(PAGE, {"taken": "x"}).status_code == 403
    assert PromoCode.objects.count() == 1
    assert signed_in(cast.di).get(FILE).status_code == 403
