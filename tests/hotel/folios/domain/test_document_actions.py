"""What may be done with a document."""

import pytest

from hotel.folios.domain.document_actions import DocumentState, action, actions


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (DocumentState("invoice"), ["", "nothing_to_credit", ""]),
        (DocumentState("invoice", has_corrections=True), ["", "", ""]),
        (DocumentState("invoice", is_cancelled=True), ["invoice_cancelled"] * 3),
        (DocumentState("deposit_receipt"), ["", "nothing_to_credit", "document_is_no_invoice"]),
        (DocumentState("credit_note"), ["document_is_credit_note"] * 3),
    ],
    ids=str,
)
def test_each_command_is_allowed_or_denied_with_its_reason(state, codes):
    found = actions(state)
    assert [one.name for one in found] == ["cancel", "credit", "rebate"]
    assert [one.code for one in found] == codes
    assert [(one.verb, one.approval) for one in found] == [
        ("invoice", ""),
        ("invoice", ""),
        ("adjust", "rebate"),
    ]
    assert all(one.is_allowed == (not one.code) == (not one.reason) for one in found)


def test_there_is_no_other_command():
    with pytest.raises(KeyError):
        action("burn", DocumentState("invoice"))
