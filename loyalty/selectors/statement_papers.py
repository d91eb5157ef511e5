"""A member's statement as it is printed and mailed: every value a text in its language."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from hotel.folios.domain.document_words import language_chosen, words
from hotel.folios.domain.printing import Speller, party
from hotel.folios.selectors.invoicing import party_of, seller_of
from hotel.guests.models import Guest
from hotel.properties.models import Property
from loyalty.domain.statement_words import progress_words, statement_words, whole
from loyalty.models import LoyaltyMember, PointTransaction
from loyalty.selectors.statements import balance_explained, statement
from loyalty.selectors.terms import today_of
from loyalty.selectors.tiers import standing

SOON = timedelta(days=90)


def statement_paper(
    member: LoyaltyMember,
    *,
    place: Property,
    guest: Guest | None,
    since: date,
    until: date,
    language: str = "",
) -> dict[str, Any]:
    """What the template of a statement prints.

    Args:
        place: the hotel that writes.
        guest: the member; None when the caller may not see him, then the paper has his number alone.
        since, until: business dates, inclusive.
        language: of the paper; else that of the guest, of the hotel, or English.
    """
    chosen = language_chosen(language, guest.language if guest else "", place.language)
    speller, w = Speller(chosen, "", 0), {**words(chosen), **statement_words(chosen)}
    account, today = statement(member, since, until), today_of(member.program)
    balance, stands = balance_explained(member), standing(member, today)
    payee: dict[str, Any] = asdict(party_of(guest)) if guest else {"name": member.number, "country": ""}
    facts = [
        (w["member"], member.number),
        (w["tier"], _tier(member, w["until"], speller)),
        (w["issued_on"], speller.day(today.isoformat())),
        (w["period"], speller.days(since.isoformat(), until.isoformat())),
        (w["closing"], whole(account.closing, chosen)),
    ]
    return {
        "w": w,
        "language": chosen,
        "title": w["title"],
        "number": member.number,
        "program": member.program.name,
        "facts": facts,
        "seller": party(asdict(seller_of(place)), speller),
        "payee": party(payee, speller),
        "opening": whole(account.opening, chosen),
        "rows": _rows(list(account.rows), account.opening, chosen, speller),
        "closing": whole(account.closing, chosen),
        "ending": [
            {
                "points": whole(lot.points, chosen),
                "day": speller.day(lot.expires_on.isoformat()),
                "text": lot.because,
            }
            for lot in balance.lots
            if lot.expires_on is not None and lot.expires_on <= today + SOON
        ],
        "progress": progress_words(stands.progress, chosen),
    }


def _tier(member: LoyaltyMember, word: str, speller: Speller) -> str:
    until = member.tier_until
    return f"{member.tier.name}, {word} {speller.day(until.isoformat())}" if until else member.tier.name


def _rows(
    rows: list[PointTransaction], opening: int, language: str, speller: Speller
) -> list[dict[str, str]]:
    shown, running = [], opening
    for row in rows:
        running += row.points
        shown.append(
            {
                "day": speller.day(row.business_date.isoformat()),
                "text": row.because,
                "rule": row.rule.name if row.rule else "",
                "hotel": row.property.name,
                "points": whole(row.points, language),
                "balance": whole(running, language),
            }
        )
    return shown
