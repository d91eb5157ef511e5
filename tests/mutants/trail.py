"""Controls of the audit trail: what is written, hidden, kept, sealed and found."""

from tests.mutants import Mutant

_CAPTURE = "tests/security/services/test_capture.py"
_SEALING = "tests/security/services/test_sealing.py"
_VERIFY = "tests/security/selectors/test_verification.py"
_PROOFS = "tests/security/selectors/test_proofs.py"
_API = "tests/security/api/test_audit_logs.py"

MUTANTS = (
    Mutant("trail: guests' names in clear", "security/selectors/captured.py",
           "masked.setdefault(row.model, set()).update(hidden)", "masked.setdefault(row.model, set())",
           f"{_CAPTURE}::test_the_arguments_tell_what_is_hidden"),
    Mutant("trail: a trigger switched off is not noticed", "security/selectors/captured.py",
           "WHEN trigger.tgenabled IN ('O', 'A') THEN", "WHEN true THEN",
           f"{_CAPTURE}::test_a_trigger_that_was_switched_off_is_switched_on_again"),
    Mutant("trail: lost triggers are no finding", "security/selectors/verification.py",
           "for table in unwatched():", "for table in ():",
           f"{_VERIFY}::test_a_table_that_is_no_longer_watched_is_named"),
    Mutant("trail: heads outside are not compared", "security/selectors/verification.py",
           "if outside is not None and outside.log_root != root.hex():", "if False:",
           f"{_VERIFY}::test_what_was_made_anew_with_our_key_is_found_by_the_heads_outside_alone"),
    Mutant("trail: seals cut off are not missed", "security/selectors/verification.py",
           "for head in kept.values():", "for head in ():", f"{_VERIFY}::test_findings_are_called_by_their_names"),
    Mutant("trail: roots are not compared", "security/selectors/verification.py",
           "if root_of(map(leaf_hash, hashes)) != bytes(seal.root):", "if False:",
           f"{_VERIFY}::test_findings_are_called_by_their_names"),
    Mutant("trail: signatures are not asked for", "security/selectors/verification.py",
           "if not keys.is_signed(seal.key_id, head.message(), bytes(seal.signature)):", "if False:",
           f"{_VERIFY}::test_findings_are_called_by_their_names"),
    Mutant("trail: leaves pass for nodes", "security/domain/merkle.py", 'sha256(b"\\0" + data)', "sha256(data)",
           f"{_PROOFS}::test_the_worked_seal_is_as_the_page_says"),
    Mutant("trail: sealed over open transactions", "security/services/sealing.py",
           "settled = given if _is_past(horizon) else settled", "settled = given",
           f"{_SEALING}::test_what_an_open_transaction_may_still_write_is_not_sealed"),
    Mutant("trail: everybody sees every property", "security/models/trail.py",
           "places = self.filter(property_id__in=held)", "return self", f"{_API}::test_an_export_is_what_its_asker_may_see"),
    Mutant("trail: entries without a property for anybody", "security/models/trail.py",
           "return not Property.objects.exclude(pk__in=held).exists()", "return True",
           f"{_API}::test_entries_of_no_property_are_for_those_who_see_every_property"),
    Mutant("trail: an export of another is handed out", "security/api/trail_views.py",
           "return super().get_queryset().filter(asked_by_id=self.request.user.pk)", "return super().get_queryset()",
           f"{_API}::test_the_export_of_another_is_not_to_be_had"),
)  # fmt: skip
