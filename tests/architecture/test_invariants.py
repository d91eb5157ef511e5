"""Every invariant of the house is green on a living house, and names the violation that is planted against it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from hotel.core.clock import clock_set
from hotel.core.invariants import invariants, invariants_verify
from hotel.core.models import IdempotencyRecord
from hotel.core.services.outbox import outbox_sequence
from hotel.guests.services.merges import guest_merge
from hotel.properties.models import Chain
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.sharing import room_share
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_run
from loyalty.services.liability import snapshots_make
from loyalty.services.points import PointEvent, member_locked, points_claw_back
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    bonus_campaign_make,
    challenge_entry_make,
    loyalty_member_make,
    partner_statement_make,
    points_make,
    pool_payment_make,
    property_settlement_make,
    reward_redemption_make,
    reward_voucher_make,
)
from tests.factories.messaging import message_make
from tests.factories.operations import discrepancy_make, task_change_make, work_order_make
from tests.fuzz.ground import ground_make
from tests.structure import by_owner

# Invariant to what breaks it, one or several. Constraints and guards that would stop it are taken away first.
PLANTED: dict[str, str | tuple[str, ...]] = {
    "inv_seals_contiguous": "INSERT INTO security_auditseal (number, first_id, last_id, rows, root, log_root, sealed_at, "
    "key_id, signature) VALUES (2, 3, 4, 0, 'x', 'x', now(), 'x', 'x')",
    "inv_archives_sealed": "INSERT INTO security_auditarchive (partition, first_id, last_id, rows, file, file_hash, "
    "seal_number, archived_at) VALUES ('a', 1, 9, 9, 'x', 'x', 9, now())",
    "inv_outbox_in_order": "WITH late AS (UPDATE core_outboxmessage SET delivered_at = now() WHERE id = "
    "(SELECT max(id) FROM core_outboxmessage WHERE delivered_at IS NULL GROUP BY aggregate HAVING count(*) > 1 LIMIT 1) "
    "RETURNING id) INSERT INTO core_handledfact (message_id, handler, handled_at) SELECT id, 'x', now() FROM late",
    "inv_outbox_delivered_once": "UPDATE core_outboxmessage SET delivered_at = now(), position = NULL",
    "inv_idempotency_answer": "UPDATE core_idempotencyrecord SET response_status = 409",
    "inv_business_day_open": "UPDATE properties_property SET business_date = business_date + 1",
    "inv_ties": "ALTER TABLE rooms_room DROP CONSTRAINT rooms_room_room_type_id_tie",
    "inv_pairs_of_one_property": "ALTER TABLE rooms_room_connects_to NO FORCE ROW LEVEL SECURITY; "
    "INSERT INTO rooms_room_connects_to (from_room_id, to_room_id) "
    "SELECT one.id, other.id FROM rooms_room one JOIN rooms_room other ON other.property_id <> one.property_id LIMIT 1",
    "inv_grants_follow_roles": "DELETE FROM properties_propertygroupobjectpermission "
    "WHERE id = (SELECT min(id) FROM properties_propertygroupobjectpermission)",
    "inv_members_hold_roles": "INSERT INTO accounts_user_groups (user_id, group_id) "
    "SELECT (SELECT id FROM accounts_user WHERE username = 'ida'), min(id) FROM auth_group",
    "inv_message_sent_by_one_attempt": "UPDATE messaging_message SET status = 'sent'",
    "inv_message_attempts_counted": "UPDATE messaging_message SET attempts = attempts + 1",
    "inv_webhook_active_can_sign": "UPDATE messaging_webhooksecret SET retired_at = now()",
    "inv_inventory_limits": "UPDATE rooms_inventorynight SET overbooking = -1",
    "inv_inventory_counted": (
        "UPDATE rooms_inventorynight SET capacity = capacity + 1",
        "UPDATE rooms_inventorynight SET out_of_order = out_of_order + 1",
        "UPDATE rooms_inventorynight SET day_limit = day_limit + 1",
    ),
    "inv_inventory_house": "UPDATE rooms_inventorynight SET held = held + 1 WHERE room_type_id IS NULL",
    "inv_inventory_complete": "DELETE FROM rooms_inventorynight WHERE room_type_id = (SELECT min(id) FROM rooms_roomtype)",
    "inv_consumption": "DELETE FROM rooms_roomtypeconsumption WHERE id = (SELECT min(id) FROM rooms_roomtypeconsumption)",
    "inv_holds_claim": "UPDATE rooms_roomblock SET occupancy_id = NULL",
    "inv_room_taken_once": "INSERT INTO rooms_roomoccupancy (property_id, room_id, during, kind, created_at, "
    "updated_at) SELECT property_id, room_id, during, kind, now(), now() FROM rooms_roomoccupancy LIMIT 1",
    "inv_suites_claim_parts": "DELETE FROM rooms_roomoccupancy WHERE part_of_id IS NOT NULL",
    "inv_profile_chain": "UPDATE guests_guest SET chain_id = (SELECT id FROM properties_chain WHERE code = 'OTHER')",
    "inv_merge_chain": "UPDATE guests_guestmerge SET chain_id = (SELECT id FROM properties_chain WHERE code = 'OTHER')",
    "inv_tombstone_has_merge": "UPDATE guests_guest SET merged_into_id = NULL",
    "inv_no_open_match_of_tombstone": "INSERT INTO guests_guestmatch (chain_id, first_id, second_id, status, score, "
    "reasons, created_at, updated_at) SELECT chain_id, kept_id, merged_id, 'open', 1, '[]', now(), now() "
    "FROM guests_guestmerge LIMIT 1",
    "inv_contact_fingerprint": "UPDATE guests_guest SET email_fingerprint = '' WHERE email <> ''",
    "inv_search_text": "UPDATE guests_profileatproperty SET search_text = '' WHERE guest_id IS NOT NULL",
    "inv_rate_plan_cycle": "UPDATE rates_rateplan SET parent_id = id",
    "inv_rate_price_overlap": "UPDATE rates_rateprice SET season_id = NULL, start_on = '2027-01-01', end_on = '2028-01-01'",
    "inv_restriction_overlap": "UPDATE rates_restriction SET start_on = '2027-01-01', end_on = '2028-01-01'",
    "inv_rate_currency": "UPDATE rates_rateprice SET amount_currency = 'USD'",
    "inv_rate_property": "UPDATE rates_rateprice SET property_id = (SELECT max(id) FROM properties_property)",
    "inv_sold_matches": "UPDATE rooms_inventorynight SET sold = sold + 1 WHERE night = '2027-04-20'",
    "inv_day_sold_matches": "UPDATE rooms_inventorynight SET day_sold = day_sold + 1 WHERE night = '2027-04-20'",
    "inv_held_matches": "UPDATE rooms_inventorynight SET held = held + 1 WHERE night = '2027-04-20'",
    "inv_blocked_matches": "UPDATE rooms_inventorynight SET blocked = blocked + 1 WHERE night = '2027-04-20'",
    "inv_picked_up_matches": "UPDATE reservations_blocknight SET picked_up = picked_up + 1",
    "inv_no_shared_room": "UPDATE reservations_roomassignment SET arrival = '2027-03-15', departure = '2027-03-20'",
    "inv_shared_room_held_once": "UPDATE reservations_reservationnight SET holds_room = true WHERE share_id IS NOT NULL",
    "inv_shared_room_is_one": (
        "UPDATE reservations_reservation SET room_type_id = (SELECT max(id) FROM rooms_roomtype) WHERE id = "
        "(SELECT max(id) FROM reservations_reservation WHERE share_id IS NOT NULL)",
        "UPDATE reservations_roomassignment SET room_id = (SELECT max(id) FROM rooms_room) WHERE id = (SELECT max(held.id) "
        "FROM reservations_roomassignment AS held JOIN reservations_reservation AS stay ON stay.id = held.reservation_id "
        "WHERE stay.share_id IS NOT NULL)",
        "UPDATE reservations_reservation SET share_id = NULL WHERE id = "
        "(SELECT max(id) FROM reservations_reservation WHERE share_id IS NOT NULL)",
    ),
    "inv_one_room_a_night": "INSERT INTO reservations_roomassignment (property_id, reservation_id, room_id, arrival, "
    "departure, is_locked, created_at, updated_at) SELECT property_id, reservation_id, room_id, arrival, departure, false, "
    "now(), now() FROM reservations_roomassignment WHERE released_at IS NULL LIMIT 1",
    "inv_allowance_settled": "INSERT INTO folios_allowance (property_id, reservation_id, code_id, night, settled, is_open, "
    "created_at, updated_at) SELECT stay.property_id, stay.id, (SELECT min(id) FROM folios_transactioncode), stay.arrival, "
    "1, false, now(), now() FROM reservations_reservation AS stay LIMIT 1",
    "inv_charge_paid_once": "UPDATE folios_posting SET covers_id = (SELECT min(reverses_id) FROM folios_posting) "
    "WHERE id = (SELECT max(id) FROM folios_posting)",
    "inv_package_ledger_is_left": "UPDATE folios_ledgerentry SET ledger = 'package' "
    "WHERE id = (SELECT min(id) FROM folios_ledgerentry)",
    "inv_assignment_claims_room": "UPDATE reservations_roomassignment SET occupancy_id = NULL",
    "inv_no_room_of_ended_stay": "UPDATE reservations_reservation SET status = 'no_show'",
    "inv_assignment_within_stay": "UPDATE reservations_roomassignment SET departure = departure + 1",
    "inv_version_positive": "UPDATE reservations_reservation SET version = version + 1",
    "inv_totals": "UPDATE reservations_reservation SET total_amount = total_amount + 0.01",
    "inv_points_add_up": "UPDATE loyalty_pointtransaction SET points = points + 1",
    "inv_lot_left": 'UPDATE loyalty_pointlot SET "left" = 1',
    "inv_member_debt": "UPDATE loyalty_loyaltymember SET debt = debt + 1",
    "inv_movement_of_one_member": "UPDATE loyalty_pointmovement SET member_id = (SELECT max(id) FROM loyalty_loyaltymember)",
    "inv_challenge_reward": "UPDATE loyalty_challengeentry SET status = 'done'",
    "inv_challenge_credits": (
        "WITH promised AS (UPDATE loyalty_challenge SET credit_nights = 1) UPDATE loyalty_challengeentry SET status = 'done'",
        "INSERT INTO loyalty_tiercredit (member_id, property_id, entry_id, day, nights, stays, points, spend, created_at, "
        "updated_at) SELECT member_id, property_id, id, first_on, 0, 1, 0, 0, now(), now() FROM loyalty_challengeentry",
    ),
    "inv_campaign_given": "UPDATE loyalty_bonuscampaign SET given = given + 1",
    "inv_tombstone_is_empty": (
        "UPDATE loyalty_loyaltymember SET merged_into_id = (SELECT min(id) FROM loyalty_loyaltymember) "
        "WHERE id = (SELECT max(id) FROM loyalty_loyaltymember)",
        "UPDATE loyalty_loyaltymember SET status = 'closed', debt = 1, "
        "merged_into_id = (SELECT min(id) FROM loyalty_loyaltymember) "
        "WHERE id = (SELECT max(id) FROM loyalty_loyaltymember)",
        "UPDATE loyalty_loyaltymember SET status = 'closed', debt = 0, "
        "merged_into_id = (SELECT min(id) FROM loyalty_loyaltymember) "
        'WHERE id = (SELECT max(member_id) FROM loyalty_pointlot WHERE "left" > 0)',
    ),
    "inv_member_of_his_program": "UPDATE guests_guest SET chain_id = (SELECT id FROM properties_chain WHERE code = 'OTHER') "
    "WHERE id IN (SELECT guest_id FROM loyalty_loyaltymember)",
    "inv_redemption_points": "UPDATE loyalty_rewardredemption SET points = points + 1",
    "inv_redemption_returned": "UPDATE loyalty_rewardredemption SET returned = 1, closed_at = now(), status = 'cancelled'",
    "inv_liability_latest": "UPDATE loyalty_liabilitysnapshot SET usable = usable + 1,"
    " created_at = now() + interval '1 year'",
    "inv_settlement_opposite": "UPDATE loyalty_propertysettlement SET amount = amount + 1",
    "inv_pool_payments": "UPDATE loyalty_poolpayment SET points = points - 1",
    "inv_pool_seats": "UPDATE loyalty_pointpool SET closed_on = opened_on",
    "inv_partner_points": "UPDATE loyalty_partneraccrual SET points = points + 1",
    "inv_partner_statement": "UPDATE loyalty_partnerstatement SET given = given + 1",
    "inv_voucher_follows": (
        "UPDATE loyalty_rewardvoucher SET redeemed_at = now()",
        "UPDATE loyalty_rewardredemption SET status = 'fulfilled' WHERE kind = 'voucher'",
        "UPDATE loyalty_rewardredemption SET kind = 'service' WHERE kind = 'voucher'",
    ),
    "inv_reward_stock": "UPDATE loyalty_reward SET stock = 0",
    "inv_taken_over": "UPDATE reservations_reservation SET adults = 0",
    "inv_every_night_once": (
        "DELETE FROM reservations_reservationnight WHERE id = (SELECT min(id) FROM reservations_reservationnight)",
        "UPDATE reservations_reservationnight SET night = night + 1",
        "UPDATE reservations_reservationnight SET property_id = (SELECT max(id) FROM properties_property)",
    ),
    "inv_external_id_once": "UPDATE reservations_booking SET channel_code = 'ota', external_id = 'OTA-1'",
    "inv_booking_has_reservations": "UPDATE reservations_reservation "
    "SET booking_id = (SELECT min(id) FROM reservations_booking) WHERE property_id = (SELECT min(id) FROM properties_property)",
    "inv_one_property": (
        "UPDATE reservations_booking SET property_id = (SELECT max(id) FROM properties_property)",
        "UPDATE reservations_roomassignment SET property_id = (SELECT max(id) FROM properties_property)",
    ),
    "inv_currency": (
        "UPDATE reservations_reservation SET total_amount_currency = 'USD'",
        "UPDATE reservations_reservationnight SET total_currency = 'USD'",
    ),
    "inv_ended_says_when": "UPDATE reservations_reservation SET cancellation_number = '' WHERE status = 'cancelled'",
    "inv_option_expires": "UPDATE reservations_reservation SET hold_expires_at = now() WHERE status = 'confirmed'",
    "inv_offer_holds_room": "UPDATE reservations_pricehold SET status = 'released', ended_at = now()",
    "inv_used_hold_has_booking": "UPDATE reservations_pricehold SET status = 'used', ended_at = now()",
    "inv_change_log_unbroken": "DELETE FROM reservations_reservationchange WHERE version = 1",
    "inv_journal_balances": "UPDATE folios_ledgerentry SET amount = amount + 1 WHERE ledger = 'revenue'",
    "inv_posting_amounts": "UPDATE folios_posting SET net = net + 1",
    "inv_posting_has_entries": "DELETE FROM folios_ledgerentry WHERE ledger = 'guest'",
    "inv_ledger_one_day": "UPDATE folios_posting SET business_date = business_date - 1",
    "inv_ledger_currency": "UPDATE folios_posting SET currency = 'USD'",
    "inv_ledger_property": "UPDATE folios_journal SET property_id = (SELECT max(id) FROM properties_property)",
    "inv_ledger_day_matches": "UPDATE folios_ledgerday SET debits = debits + 1",
    "inv_trial_balance_zero": "UPDATE folios_ledgerday SET closing = closing + 1 WHERE ledger = 'guest'",
    "inv_deposit_is_liability": "UPDATE folios_ledgerentry SET amount = -amount WHERE ledger = 'deposit'",
    "inv_city_entry_has_debtor": "UPDATE folios_ledgerentry SET account_id = NULL",
    "inv_adjustments_within_charge": "UPDATE folios_posting SET gross = gross - 1000 WHERE adjusts_id IS NOT NULL",
    "inv_moved_is_whole": "UPDATE folios_posting SET gross = gross + 1 WHERE moved_from_id IS NOT NULL",
    "inv_routing_limit": "UPDATE folios_routingrule SET limit_amount = 1",
    "inv_routing_no_loop": "INSERT INTO folios_routingrule (property_id, folio_id, window_id, codes, groups, valid_from, "
    "priority, limit_per, created_at, updated_at) SELECT rule.property_id, target.folio_id, back.id, '{}', '{}', "
    "rule.valid_from, 1, 'day', now(), now() FROM folios_routingrule rule JOIN folios_foliowindow target "
    "ON target.id = rule.window_id JOIN folios_foliowindow back ON back.folio_id = rule.folio_id",
    "inv_reversal_is_opposite": "UPDATE folios_posting SET gross = gross - 1 WHERE reverses_id IS NOT NULL",
    "inv_closed_folio_is_settled": "UPDATE folios_folio SET status = 'closed'",
    "inv_folio_has_first_window": "UPDATE folios_foliowindow SET number = 5",
    "inv_audit_closes_its_day": (
        "UPDATE stays_nightaudit SET status = 'running'",
        "UPDATE stays_nightaudit SET business_date = business_date + 5",
        "UPDATE stays_nightauditstep SET status = 'pending'",
    ),
    "inv_audited_day_has_figures": (
        "DELETE FROM stays_dailystatistic",
        "UPDATE stays_dailystatistic SET business_date = business_date + 9",
    ),
    "inv_figures_are_the_ledger": (
        "UPDATE stays_dailystatistic SET room_revenue = room_revenue + 1",
        "UPDATE stays_dailystatistic SET tax = tax + 1",
        "DELETE FROM folios_ledgerentry WHERE ledger = 'guest'",
    ),
    "inv_rooms_sold_fit": "UPDATE stays_dailystatistic SET rooms_complimentary = 99",
    "inv_one_guest_in_a_room": "UPDATE reservations_roomassignment SET room_id = (SELECT min(held.room_id) "
    "FROM reservations_roomassignment AS held JOIN reservations_reservation AS stay ON stay.id = held.reservation_id "
    "WHERE stay.status = 'in_house')",
    "inv_slept_nights_are_posted": "UPDATE folios_posting SET source_key = id::text WHERE source = 'night'",
    "inv_payment_in_ledger": "UPDATE folios_payment SET captured_amount = captured_amount - 1 WHERE captured_amount > 0",
    "inv_payment_status": "UPDATE folios_payment SET status = 'voided'",
    "inv_payment_refunds": (
        "UPDATE folios_payment SET refunded_amount = 1",
        "UPDATE folios_payment SET charged_back_amount = charged_back_amount + 1",
    ),
    "inv_chargeback_won": "UPDATE folios_payment SET status = 'reinstated' WHERE kind = 'chargeback'",
    "inv_payment_unknown_is_clarified": "UPDATE folios_payment SET status = 'unknown'",
    "inv_payment_property": "UPDATE folios_payment SET property_id = (SELECT max(id) FROM properties_property)",
    "inv_till_payments": "UPDATE folios_cashmovement SET amount = amount + 1 WHERE payment_id IS NOT NULL",
    "inv_invoice_numbers_complete": "UPDATE folios_fiscalseries SET next_number = next_number + 1",
    "inv_invoice_content": "UPDATE folios_invoice SET content = replace(content, 'INV', 'XXX')",
    "inv_invoice_is_ledger": "UPDATE folios_invoicedposting SET is_payment = true",
    "inv_invoice_credited": (
        "UPDATE folios_invoicedposting SET released_by_id = NULL",
        "UPDATE folios_invoice SET total = total - 1 WHERE corrects_id IS NOT NULL",
    ),
    "inv_invoice_property": "UPDATE folios_fiscalseries SET kind = 'advance'",
    "inv_allocations_fit": "UPDATE folios_cityallocation SET amount = amount + 1000",
    "inv_task_change_is_state": "UPDATE operations_task SET state = 'done'",
    "inv_work_order_change_is_state": "UPDATE operations_workorder SET state = 'waiting'",
    "inv_work_order_holds": "UPDATE operations_workorder SET ended_at = now()",
    "inv_discrepancy_differs": "UPDATE operations_discrepancy SET kind = 'skip'",
    "inv_task_of_today": "UPDATE operations_task SET source = 'day', business_date = business_date - 1, reservation_id = "
    "(SELECT max(id) FROM reservations_reservation WHERE arrival > operations_task.business_date)",
    "inv_changes_told": "DELETE FROM core_outboxmessage WHERE topic = 'RoomAssigned'",
}


@pytest.fixture
def house(db):
    """A house with something of everything that an invariant looks at."""
    ground = ground_make()
    place = ground.cast.alpha
    kept, merged = (guest_make(place, last_name="Berg", email="berg@example.com") for _ in range(2))
    guest_merge(kept=kept, merged=merged, by=ground.cast.ada, reason="Same")
    message_make(place)
    Chain.objects.create(code="OTHER", name="Other")
    audited_day(ground.beta)
    shared_room(ground.beta)
    points_moved(place)
    task_change_make(place)
    discrepancy_make(place)
    work_order_make(place, is_held=True)
    outbox_sequence()
    IdempotencyRecord.objects.create(
        principal="user:1",
        route="POST /x",
        key="k",
        body_hash="h",
        lease_until="2027-03-14T08:00Z",
        response_status=201,
    )
    return ground


def points_moved(place):
    """A member who owes points, and one who has some."""
    member = loyalty_member_make(place)
    lot = points_make(member, 100).lots.get()
    event = PointEvent(
        member=member_locked(member.pk),
        property_id=place.pk,
        day=place.business_date,
        kind="stay",
        because="No stay",
    )
    points_claw_back(event, 130, lot_id=lot.pk)
    points_make(loyalty_member_make(place), 50)
    reward_redemption_make(place)
    reward_voucher_make(place)
    bonus_campaign_make(place)
    partner_statement_make(place)
    challenge_entry_make(place)
    pool_payment_make(place)
    snapshots_make(program=member.program)
    side = property_settlement_make(place)
    side.pk, side.property, side.counterpart = None, side.counterpart, place
    side.given, side.served, side.amount = side.served, side.given, -side.amount
    side.save(force_insert=True)


def audited_day(house):
    """Two guests have slept in the house, one has not come."""
    with clock_set(datetime(2027, 3, 14, 20, tzinfo=UTC)):
        for room in house.rooms[:2]:
            check_in(reservation=house.reserve(0, 2), actor=None, room=room)
        house.reserve(0, 1)
        night_audit_run(place=house.place)


def shared_room(house):
    """Two stays to come share a room that they have."""
    first, second = (house.reserve(20, 2, occupancy=Occupancy(adults=1)) for _ in range(2))
    room_share(reservation=first, others=[second], split="split", actor=None)
    room_assign(reservation=first, room=house.rooms[0], actor=None)


def damages() -> Iterator[tuple[str, str]]:
    """Each invariant with each statement that must break it."""
    for name, planted in PLANTED.items():
        for statement in (planted,) if isinstance(planted, str) else planted:
            yield name, statement


def broken() -> set[str]:
    """Names of the invariants that do not hold."""
    return {finding.invariant.name for finding in invariants_verify() if finding.violations}


def unguard() -> None:
    """Take away, in this transaction, what the database itself does against such damage."""
    with by_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE contype IN ('c', 'u', 'x') AND coninhcount = 0 AND connamespace = 'public'::regnamespace"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND indpred IS NOT NULL "
            "AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
        )
        for (index,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {index}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # each damage is undone before they are checked


def test_a_living_house_is_green_and_each_damage_is_named(house):
    assert broken() == set()
    unguard()
    named, missed = {invariant.name: invariant.sql for invariant in invariants()}, []
    for name, statement in damages():
        with transaction.atomic():
            with by_owner(), connection.cursor() as cursor:
                cursor.execute(statement)
                touched = cursor.rowcount
                cursor.execute(named[name])
                if not touched or not cursor.fetchall():
                    missed.append((name, statement))
            transaction.set_rollback(True)
    assert missed == []
    assert broken() == set()


def test_no_invariant_is_without_a_damage_that_it_must_name():
    names = [invariant.name for invariant in invariants()]
    assert sorted(names) == sorted(PLANTED)
    assert len(set(names)) == len(names)
