"""Controls of points: two people, one budget, once for a stay, nobody who brings himself."""

from tests.mutants import Mutant

_CLAIMS = "tests/loyalty/services/test_claims.py"
_CAMPAIGNS = "tests/loyalty/services/test_campaigns.py"
_HEIRS = "tests/loyalty/services/test_heirs.py"
_PARTNERS = "tests/loyalty/services/test_partners.py"
_MERGES = "tests/loyalty/services/test_merges.py"
_APPLICANTS = "tests/loyalty/services/test_applicants.py"
_VOUCHERS = "tests/loyalty/services/test_vouchers.py"
_REFERRALS = "tests/loyalty/services/test_referrals.py"

MUTANTS = (
    Mutant("points: a partner's reference gives again", "loyalty/services/partners.py",
           "    if known is not None:\n", "    if False:\n",
           f"{_PARTNERS}::test_a_reference_gives_once"),
    Mutant("points: a partner gives above his cap", "loyalty/services/partners.py",
           "    if room is not None and points > room:\n", "    if False:\n",
           f"{_PARTNERS}::test_of_eight_who_post_at_once_nobody_overruns_the_cap"),
    Mutant("points: a partner's cap that two overrun", "loyalty/services/partners.py",
           "    return lock_rows(LoyaltyPartner.objects.filter(pk=partner_id))[0]\n",
           "    return LoyaltyPartner.objects.get(pk=partner_id)\n",
           f"{_PARTNERS}::test_of_eight_who_post_at_once_nobody_overruns_the_cap"),
    Mutant("points: a partner's posting is taken back twice", "loyalty/services/partners.py",
           "    if accrual.reversal_id is None:\n", "    if True:\n",
           f"{_PARTNERS}::test_what_is_reversed_is_taken_once_and_owed_when_it_was_spent"),
    Mutant("points: who claims a stay approves it", "loyalty/services/claims.py",
           "    if fresh.asked_by_id == actor.pk:\n", "    if False:\n",
           f"{_CLAIMS}::test_nobody_decides_on_his_own_claim"),
    Mutant("points: a stay that earned is claimed", "loyalty/services/claims.py",
           "    if found is not None and StayAccrual.objects.filter(reservation=found).exists():\n", "    if False:\n",
           f"{_CLAIMS}::test_what_has_earned_is_not_claimed"),
    Mutant("points: stays are claimed for ever", "loyalty/services/claims.py",
           "    if departure < place.business_date - timedelta(days=member.program.claim_days):\n", "    if False:\n",
           f"{_CLAIMS}::test_it_is_in_time_for_so_many_days"),
    Mutant("points: a budget that two overrun", "loyalty/services/campaigns.py",
           "lock_rows(BonusCampaign.objects.filter(pk__in=ids))\n", "list(BonusCampaign.objects.filter(pk__in=ids))\n",
           f"{_CAMPAIGNS}::test_of_eight_members_who_leave_at_once_nobody_overruns_the_budget"),
    Mutant("points: a merged membership takes points", "loyalty/services/merges.py",
           "    merged.merged_into, merged.status = kept, MemberStatus.CLOSED\n", "    merged.merged_into = kept\n",
           f"{_MERGES}::test_a_tombstone_takes_no_points_by_hand"),
    Mutant("points: given back to a closed membership", "loyalty/services/redemptions.py",
           "        points_go_on(line)\n", "",
           f"{_HEIRS}::test_what_is_given_up_after_a_merge_is_the_kept_ones_with_its_days"),
    Mutant("points: merged while it was locked", "loyalty/services/heirs.py",
           "    if [member.merged_into_id for member in line] != [*ids[1:], None]:\n", "    if False:\n",
           f"{_HEIRS}::test_who_is_merged_while_he_is_locked_is_asked_to_try_again"),
    Mutant("points: who shares an address brings others", "loyalty/domain/referrals.py",
           "    if facts.shared:\n", "    if False:\n",
           f"{_REFERRALS}::test_who_shares_an_address_brings_nobody"),
    Mutant("points: brought without end", "loyalty/domain/referrals.py",
           "facts.rewarded_this_year >= facts.yearly_limit", "False",
           f"{_REFERRALS}::test_so_many_a_year"),
    Mutant("points: two desks make one person twice", "loyalty/services/applicants.py",
           "    advisory_lock(LockSpace.ENROLMENT, place.chain_id)", "    pass",
           f"{_APPLICANTS}::test_two_desks_enrol_one_person_once"),
    Mutant("points: suspicions are told to everybody", "loyalty/services/applicants.py",
           "if match.guest.pk in seen]", "]",
           f"{_APPLICANTS}::test_suspicions_are_told_to_those_only_who_may_see_guests"),
    Mutant("points: given back to who owes", "loyalty/services/points.py",
           "    paid, _ = lots.settled(points, event.member.debt)\n", "    paid = 0\n",
           "tests/loyalty/services/test_points.py::test_what_is_owed_is_paid_first_by_what_comes_back"),
    Mutant("points: a voucher is taken twice", "loyalty/services/vouchers.py",
           "    if why is not None:\n", "    if False:\n",
           f"{_VOUCHERS}::test_one_without_a_value_is_handed_over_once"),
    Mutant("points: two take a voucher at once", "loyalty/services/vouchers.py",
           "    _, redemption = redemption_fresh(voucher.redemption)\n",
           "    redemption = RewardRedemption.objects.get(pk=voucher.redemption_id)\n",
           f"{_VOUCHERS}::test_of_eight_who_show_the_same_code_one_is_served"),
    Mutant("points: codes are tried without end", "loyalty/api/throttling.py",
           "        return heard.is_allowed\n", "        return True\n",
           "tests/loyalty/api/test_vouchers.py::test_codes_are_not_tried_without_end"),
    Mutant("points: a hotel takes what it does not", "loyalty/services/vouchers.py",
           "    if found is None or (found.hotels and place.code not in found.hotels):\n", "    if found is None:\n",
           f"{_VOUCHERS}::test_only_hotels_of_the_reward_take_it"),
)  # fmt: skip
