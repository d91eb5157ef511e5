"""Controls around data: rows of other hotels, encryption, erasure, limits, containment."""

from tests.mutants import Mutant

_ENVELOPES = "tests/security/domain/test_envelopes.py"
_KEYS = "tests/security/services/test_key_ring.py"
_ERASURES = "tests/security/services/test_erasures.py"
_GCRA = "tests/hotel/monitoring/domain/test_gcra.py"
_CONTAIN = "tests/security/services/test_containments.py"

MUTANTS = (
    Mutant("keys: ciphertext may be moved", "security/domain/envelopes.py",
           'return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], f"{head}|{context}".encode()).decode()',
           'return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], f"{head}|".encode()).decode()',
           f"{_ENVELOPES}::test_a_text_is_read_where_it_was_written_only"),
    Mutant("keys: a wrapped key is anybody's", "security/domain/envelopes.py",
           "wrapped[NONCE:], owner.encode())", "wrapped[NONCE:], b\"\")",
           f"{_ENVELOPES}::test_a_wrapped_key_belongs_to_its_owner"),
    Mutant("keys: hashes are the same in every column", "security/domain/envelopes.py",
           "hmac.new(key, value.encode(), hashlib.sha256)", "hmac.new(b\"\", value.encode(), hashlib.sha256)",
           f"{_ENVELOPES}::test_hashes_differ_by_column_and_version"),
    Mutant("keys: what is forgotten can still be opened", "security/services/key_ring.py",
           "update(wrapped=None, is_current=False, destroyed_at=now())", "update(is_current=False, destroyed_at=now())",
           f"{_KEYS}::test_a_forgotten_guest_shows_a_marker_and_saves_what_was_there"),
    Mutant("erasure: carried out although something forbids it", "security/services/erasures.py",
           "if reasons := erasure_obstacles(request.guest_id):", "if reasons := ():",
           f"{_ERASURES}::test_a_hold_placed_after_the_approval_refuses_with_its_reason"),
    Mutant("erasure: keys stay", "security/services/erasures.py",
           'return sum(key_ring().forget(subject=f"guest:{pk}") for pk in ids)', "return len(ids)",
           f"{_ERASURES}::test_a_backup_of_an_erased_guest_cannot_be_read_by_anybody"),
    Mutant("limits: more than a burst", "hotel/monitoring/domain/gcra.py",
           "return (True, after) if after <= quota.tolerance else (False, before)",
           "return (True, after) if before <= quota.tolerance else (False, before)",
           f"{_GCRA}::test_a_whole_burst_passes_at_once_and_not_one_more"),
    Mutant("limits: each worker lets the whole pass", "hotel/monitoring/domain/gcra.py",
           "return Quota(self.rate // workers, self.period_seconds, burst)",
           "return Quota(self.rate, self.period_seconds, burst)",
           f"{_GCRA}::test_the_shares_together_are_never_more_than_the_whole"),
    Mutant("containment: one shuts oneself out", "security/domain/containment.py", "    if aim.is_own:\n", "    if False:\n",
           f"{_CONTAIN}::test_nobody_acts_on_his_own_account_key_or_address"),
    Mutant("containment: the last keeper goes", "security/domain/containment.py",
           'if aim.is_last_keeper and action == "disable_account":', "if False:",
           f"{_CONTAIN}::test_the_last_who_manages_security_somewhere_stays"),
    Mutant("containment: a drill is real", "security/services/containments.py", "        if row.is_drill:\n",
           "        if False:\n", f"{_CONTAIN}::test_of_a_drill_nothing_is_done"),
    Mutant("walls: a scope of text", "hotel/properties/tenancy.py",
           'return f"{{{\',\'.join(map(str, sorted({int(key) for key in properties})))}}}"',
           'return f"{{{\',\'.join(map(str, properties))}}}"',
           "tests/hotel/properties/test_tenancy.py::test_no_text_slips_into_a_scope"),
    Mutant("walls: pages see every hotel's rows", "hotel/properties/api/mixins.py",
           "return super().get_queryset().visible_to(self.request.user, self.required_verb(), self.area)",
           "return super().get_queryset()", "tests/hotel/rooms/api/test_rooms.py"),
    Mutant("walls: references into another hotel", "hotel/properties/api/mixins.py",
           'if getattr(item, "property_id", None) not in (None, getattr(place, "pk", None)):', "if False:",
           "tests/hotel/rooms/api/test_rooms.py"),
    Mutant("walls: a row changes its hotel", "hotel/properties/api/mixins.py",
           'and attrs.get("property", self.instance.property) != self.instance.property', "and False",
           "tests/hotel/rooms/api/test_rooms.py"),
)  # fmt: skip
