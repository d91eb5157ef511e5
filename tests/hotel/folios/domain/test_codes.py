"""The standard codes: told apart from those of rates, and each charge with a rebate of its group."""

from hotel.folios.domain.codes import STANDARD


def test_codes_are_small_letters_and_there_is_one_of_each():
    assert all(seed.code == seed.code.lower() for seed in STANDARD)
    assert len({(seed.kind, seed.code) for seed in STANDARD}) == len(STANDARD)


def test_each_charge_has_a_rebate_of_its_group():
    rebates = {seed.code: seed for seed in STANDARD if seed.code.endswith("_rebate")}
    charges = [seed for seed in STANDARD if seed.kind == "charge"]
    assert len(charges) == len(rebates) == 9
    assert all(rebates[seed.adjustment].group == seed.group != "" for seed in charges)
