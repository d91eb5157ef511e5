from hotel.accounts.services.sign_in_changes import sign_in_changed
from hotel.core.models import OutboxMessage


def test_who_did_it_is_told_when_it_was_somebody_else(cast):
    for by in (None, cast.bo, cast.ada):
        sign_in_changed(user=cast.bo, change="password", by=by)

    told = OutboxMessage.objects.filter(topic="SignInChanged").order_by("pk")
    assert [row.payload["changed_by_id"] for row in told] == [None, None, cast.ada.pk]
    assert {(row.aggregate, row.property_id) for row in told} == {(f"user:{cast.bo.pk}", None)}
