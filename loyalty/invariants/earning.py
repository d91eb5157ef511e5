"""What campaigns, challenges and partners gave is what was booked."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The rules."""
    yield Invariant(
        "inv_campaign_given",
        "What a campaign gave is what was booked by its rules.",
        "SELECT c.id FROM loyalty_bonuscampaign c LEFT JOIN"
        " (SELECT r.campaign_id, sum(t.points) AS points FROM loyalty_pointtransaction t"
        " JOIN loyalty_earningrule r ON r.id = t.rule_id WHERE r.campaign_id IS NOT NULL GROUP BY 1) AS booked"
        " ON booked.campaign_id = c.id WHERE c.given <> coalesce(booked.points, 0)",
    )
    yield Invariant(
        "inv_challenge_reward",
        "Who has reached a challenge has its points once, and nobody else has them.",
        "SELECT e.id FROM loyalty_challengeentry e JOIN loyalty_challenge c ON c.id = e.challenge_id LEFT JOIN"
        " (SELECT split_part(source_key, ':', 1)::bigint AS entry_id, sum(points) AS points"
        " FROM loyalty_pointtransaction WHERE source = 'challenge' GROUP BY 1) AS booked ON booked.entry_id = e.id"
        " WHERE coalesce(booked.points, 0) <> CASE e.status WHEN 'done' THEN c.points ELSE 0 END",
    )
    yield Invariant(
        "inv_challenge_credits",
        "Who has reached a challenge has its credits for the tier once, and nobody else has them.",
        "SELECT e.id FROM loyalty_challengeentry e JOIN loyalty_challenge c ON c.id = e.challenge_id CROSS JOIN LATERAL"
        " (SELECT coalesce(sum(nights), 0) AS nights, coalesce(sum(stays), 0) AS stays,"
        " coalesce(sum(points), 0) AS points FROM loyalty_tiercredit WHERE entry_id = e.id) AS had,"
        " LATERAL (SELECT (e.status = 'done')::int AS times) AS has"
        " WHERE had.nights <> c.credit_nights * has.times OR had.stays <> c.credit_stays * has.times"
        " OR had.points <> c.credit_points * has.times",
    )
    yield Invariant(
        "inv_partner_points",
        "What a partner posted is what its transaction gave, and its reversal took.",
        "SELECT a.id FROM loyalty_partneraccrual a JOIN loyalty_pointtransaction t ON t.id = a.transaction_id"
        " LEFT JOIN loyalty_pointtransaction r ON r.id = a.reversal_id"
        " WHERE t.points <> a.points OR t.member_id <> a.member_id OR t.kind <> 'partner'"
        " OR r.points <> -a.points OR r.kind <> 'partner'",
    )
    yield Invariant(
        "inv_partner_statement",
        "What a partner's statement says is what was posted and reversed in its month.",
        "SELECT s.id FROM loyalty_partnerstatement s CROSS JOIN LATERAL (SELECT"
        " coalesce(sum(a.points) FILTER (WHERE date_trunc('month', t.business_date) = s.month), 0) AS given,"
        " coalesce(sum(a.points) FILTER (WHERE date_trunc('month', r.business_date) = s.month), 0) AS taken_back"
        " FROM loyalty_partneraccrual a JOIN loyalty_pointtransaction t ON t.id = a.transaction_id"
        " LEFT JOIN loyalty_pointtransaction r ON r.id = a.reversal_id WHERE a.partner_id = s.partner_id) now"
        " WHERE s.given <> now.given OR s.taken_back <> now.taken_back",
    )
