"""Books that say the same prove a claim; to the last decimal, whatever its scale."""

from decimal import Decimal

from hotel.stays.domain.proof import Claim, unproved


def test_claims_are_proved_by_equal_figures_only():
    right = Claim("revenue", Decimal("100.00"), Decimal("100.000"))
    wrong = Claim("tax", Decimal("10.00"), Decimal("9.999"))
    assert (right.is_proved, wrong.is_proved) == (True, False)
    assert unproved([right, wrong, right]) == [wrong]
    assert unproved([]) == []
