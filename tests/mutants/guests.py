"""Controls of what is told of a guest, and of what is written to him."""

from tests.mutants import Mutant

_JOURNEYS = "tests/hotel/properties/test_journeys.py"
_STAYS = "tests/hotel/reservations/selectors/test_journey.py"
_PAGES = "tests/hotel/dashboard/views/test_guests.py"
_ROWS = "tests/hotel/dashboard/selectors/test_guests.py"
_MERGE = "tests/hotel/dashboard/views/test_guest_merge.py"
_MESSAGES = "tests/hotel/dashboard/views/test_messages.py"

MUTANTS = (
    Mutant("guests: a journey tells what one may not view", "hotel/properties/journeys.py",
           "        if holds(source.verb, source.area, place.pk)\n", "",
           f"{_JOURNEYS}::test_each_source_needs_its_right_and_offers_its_kinds"),
    Mutant("guests: a journey tells of other houses", "hotel/messaging/selectors/journey.py",
           "property_id__in=property_ids, guest_id=guest_id", "guest_id=guest_id",
           f"{_JOURNEYS}::test_nothing_of_another_house_or_guest_is_told"),
    Mutant("guests: a journey loses what happened in one instant", "hotel/properties/journeys.py",
           "            return Q(journey_at__lte=self.at)\n", "            return Q(journey_at__lt=self.at)\n",
           f"{_JOURNEYS}::test_what_happened_in_one_instant_is_told_once_wherever_a_part_ends"),
    Mutant("guests: a confidential stay is told", "hotel/reservations/selectors/journey.py",
           "    return rows.filter(is_confidential=False)\n", "    return rows\n",
           f"{_PAGES}::test_a_confidential_stay_is_nowhere_on_the_page"),
    Mutant("guests: who pays for a stay is told of it", "hotel/reservations/selectors/journey.py",
           "parts.exclude(role=GuestRole.PAYER)", "parts",
           f"{_STAYS}::test_who_pays_only_has_no_part_in_a_stay_and_who_has_two_parts_has_it_once"),
    Mutant("guests: anybody reveals", "hotel/dashboard/views/guests.py",
           "        if not self.may_reveal:\n", "        if False:\n",
           f"{_PAGES}::test_what_is_masked_is_shown_once_by_a_click_that_is_written_down"),
    Mutant("guests: revealed without a trace", "hotel/dashboard/views/guests.py",
           '        access_note(TABLE, [self.guest.pk], "reveal")\n', "",
           f"{_PAGES}::test_what_is_masked_is_shown_once_by_a_click_that_is_written_down"),
    Mutant("guests: shown at a house that does not know him", "hotel/dashboard/selectors/guests.py",
           '.visible_to(user, verb, "guests").linked_to([place.pk])', '.visible_to(user, verb, "guests")',
           f"{_ROWS}::test_only_guests_of_the_house_that_is_worked_at"),
    Mutant("guests: merged with one of another house", "hotel/dashboard/views/guest_merge.py",
           'return guest_rows(self.request.user, self.place, "merge").filter(pk=int(wanted)).first()',
           "return Guest.objects.filter(pk=int(wanted)).first()",
           f"{_MERGE}::test_it_needs_a_reason_and_the_right_and_somebody_else_of_this_house"),
    Mutant("messages: sent otherwise than shown", "hotel/dashboard/views/messages.py",
           '    if values["shown"] != page.shown:\n', "    if False:\n",
           f"{_MESSAGES}::test_a_letter_that_reads_otherwise_by_now_is_not_sent"),
    Mutant("messages: written to a guest of another house", "hotel/dashboard/views/messages.py",
           "        rows: Any = guest_rows(self.request.user, self.place)\n", "        rows: Any = Guest.objects.all()\n",
           f"{_MESSAGES}::test_who_has_no_address_or_template_is_told_what_to_do"),
)  # fmt: skip
