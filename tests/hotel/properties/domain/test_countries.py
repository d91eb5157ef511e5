"""What is proposed for a country is what the zone table and CLDR say of it."""

from zoneinfo import available_timezones

import pytest
from moneyed import CURRENCIES

from hotel.properties.domain.countries import Proposal, countries, languages, proposal_for


@pytest.mark.parametrize(
    ("country", "zones", "currency", "language"),
    [
        ("AT", ("Europe/Vienna",), "EUR", "de"),
        ("JP", ("Asia/Tokyo",), "JPY", "ja"),
        ("CH", ("Europe/Zurich",), "CHF", "de"),
        ("PT", ("Europe/Lisbon", "Atlantic/Madeira", "Atlantic/Azores"), "EUR", "pt"),
    ],
)
def test_a_country_is_proposed_its_clock_money_and_language(country, zones, currency, language):
    assert proposal_for(country) == Proposal(country, zones, currency, language)


def test_where_no_language_is_official_letters_are_proposed_in_that_of_most():
    assert (proposal_for("US").language, proposal_for("GB").language) == ("en", "en")


@pytest.mark.parametrize("country", ["", "XX", "at", "Austria"])
def test_of_what_is_no_country_nothing_is_proposed(country):
    assert proposal_for(country) is None


def test_every_country_has_a_clock_that_is_known_and_money_that_is_held():
    known = available_timezones()
    for code, name in countries():
        proposal = proposal_for(code)
        assert name
        assert set(proposal.time_zones) <= known
        assert proposal.time_zones
        assert proposal.currency in CURRENCIES or (code, proposal.currency) in {
            ("AQ", ""),
            ("CW", ""),
            ("SX", ""),
        }


def test_countries_and_languages_are_named_in_the_language_of_the_reader():
    assert dict(countries("de"))["AT"] == "Österreich"
    assert dict(countries())["AT"] == "Austria"
    assert dict(languages("de"))["ja"] == "Japanisch"
