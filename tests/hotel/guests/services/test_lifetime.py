"""Lifetime figures are recomputed from their source."""

from datetime import date

from moneyed import Money

from hotel.guests import lifetime_ports
from hotel.guests.lifetime_ports import LifetimeFigures, register_lifetime_source
from hotel.guests.services.lifetime import profile_recompute
from tests.factories.guests import company_make, guest_make


def test_figures_are_recomputed_from_their_source(cast, monkeypatch):
    monkeypatch.setattr(lifetime_ports, "_sources", {})
    guest, company = guest_make(cast.alpha), company_make(cast.alpha)
    assert profile_recompute(ids=[guest.pk], property_id=cast.alpha.pk) == 0
    figures = LifetimeFigures(
        stays=3,
        nights=7,
        cancellations=1,
        no_shows=1,
        revenue=Money("812.50", "EUR"),
        first_stay_on=date(2026, 1, 1),
    )
    register_lifetime_source(lambda ids, place: dict.fromkeys(ids, figures))
    register_lifetime_source(lambda ids, place: {}, of="company")
    assert profile_recompute(ids=[guest.pk], property_id=cast.alpha.pk) == 1
    assert profile_recompute(ids=[guest.pk], property_id=cast.beta.pk) == 0
    assert profile_recompute(ids=[company.pk], property_id=cast.alpha.pk, of="company") == 1
    profile = guest.profiles.get()
    assert (profile.stays, profile.nights, profile.cancellations, profile.no_shows) == (3, 7, 1, 1)
    assert (profile.revenue, profile.first_stay_on) == (Money("812.50", "EUR"), date(2026, 1, 1))
    assert profile.recomputed_at is not None
    register_lifetime_source(lambda ids, place: {})
    profile_recompute(ids=[guest.pk], property_id=cast.alpha.pk)
    profile.refresh_from_db()
    assert (profile.stays, profile.revenue, profile.first_stay_on) == (0, None, None)
