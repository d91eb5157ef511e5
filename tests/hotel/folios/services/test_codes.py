"""Transaction codes: a standard set for each property, made when first needed, never deleted."""

import pytest
from django.core.exceptions import ValidationError

from hotel.core.exceptions import InvalidInput, NotFound, RuleBroken
from hotel.folios.domain.codes import STANDARD, CodeSeed
from hotel.folios.models import TransactionCode
from hotel.folios.services.codes import code_change, code_create, codes_ensure, codes_seed, standard_code
from tests.factories.folios import transaction_code_make
from tests.together import together


def test_a_property_gets_the_standard_codes_once(cast):
    codes_seed(place=cast.alpha)
    codes_seed(place=cast.alpha)

    assert TransactionCode.objects.at(cast.alpha.pk).count() == len(STANDARD)
    assert not TransactionCode.objects.at(cast.beta.pk).exists()
    room = standard_code(cast.alpha, "room")
    assert (room.kind, room.group, room.department, room.is_standard) == ("charge", "room", "rooms", True)
    assert (room.adjustment_code.code, room.adjustment_code.kind) == ("room_rebate", "adjustment")


def test_what_the_house_renamed_keeps_its_name(cast):
    code_change(code=standard_code(cast.alpha, "room"), changes={"name": "Zimmer"})
    codes_seed(place=cast.alpha)
    assert standard_code(cast.alpha, "room").name == "Zimmer"


def test_codes_are_made_when_they_are_needed_first(cast):
    seeds = [CodeSeed("BF", "Breakfast", "charge", "food"), CodeSeed("BF", "Befeuerung", "tax")]
    made = codes_ensure(place=cast.alpha, seeds=seeds)

    assert {key: code.name for key, code in made.items()} == {
        ("charge", "BF"): "Breakfast",
        ("tax", "BF"): "Befeuerung",
    }
    assert codes_ensure(place=cast.alpha, seeds=seeds) == made
    assert TransactionCode.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_need_the_codes_at_once_make_them_once(cast):
    first, second = together(*[lambda: standard_code(cast.alpha, "cash")] * 2)
    assert first.pk == second.pk
    assert TransactionCode.objects.count() == len(STANDARD)


def test_an_unknown_standard_code_is_not_found(cast):
    with pytest.raises(NotFound):
        standard_code(cast.alpha, "rom")


def test_the_house_makes_codes_of_its_own(cast):
    rebate = transaction_code_make(cast.alpha, "minibar_rebate", kind="adjustment")
    code = transaction_code_make(cast.alpha, "minibar", adjustment_code=rebate)
    assert (code.adjustment_code, code.is_standard, code.is_active) == (rebate, False, True)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"kind": "tax", "group": ""}, InvalidInput),
        ({"group": ""}, ValidationError),
        ({"kind": "payment"}, ValidationError),
        ({"code": "not a code"}, ValidationError),
    ],
)
def test_codes_that_make_no_sense_are_refused(cast, values, refusal):
    with pytest.raises(refusal):
        transaction_code_make(cast.alpha, **values)
    assert not TransactionCode.objects.exists()


def test_a_code_is_adjusted_with_one_of_its_group(cast):
    wrong = standard_code(cast.alpha, "room_rebate")
    with pytest.raises(RuleBroken) as refused:
        code_create(
            place=cast.alpha,
            values={
                "code": "bar",
                "name": "Bar",
                "kind": "charge",
                "group": "beverage",
                "adjustment_code": wrong,
            },
        )
    assert refused.value.code == "adjustment_code_invalid"


def test_kind_and_group_stay(cast):
    code = transaction_code_make(cast.alpha)
    for change in ({"kind": "payment"}, {"group": "food"}, {"code": "bar"}):
        with pytest.raises(InvalidInput) as refused:
            code_change(code=code, changes=change)
        assert refused.value.code == "code_field_fixed"


def test_a_standard_code_is_not_retired_and_another_is(cast):
    with pytest.raises(RuleBroken) as refused:
        code_change(code=standard_code(cast.alpha, "cash"), changes={"is_active": False})
    assert refused.value.code == "code_is_standard"
    assert not code_change(code=transaction_code_make(cast.alpha), changes={"is_active": False}).is_active
