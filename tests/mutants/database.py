"""Controls that the database itself keeps: the wall, and functions of its triggers."""

from tests.mutants import Mutant

_AT_HOTELS = "tests/security/services/test_containment_acts_at_hotels.py"
_CAPTURE = "tests/security/services/test_capture.py"
_CONSENTS = "tests/hotel/guests/services/test_consents.py::test_the_database_keeps_the_history"
_DOCUMENTS = (
    "tests/hotel/folios/services/test_documents.py::test_the_database_refuses_a_document_that_cannot_be"
)
_GUARDS = "tests/hotel/folios/test_guards.py"
_INVENTORY = "tests/hotel/rooms/services/test_inventory.py"
_WALLS = "tests/hotel/properties/services/test_walls.py"

MUTANTS = (
    Mutant("database: rows of every hotel are seen", "hotel/properties/selectors/walls.py",
           'BY_PROPERTY = f"{_IS_EVERYTHING} OR property_id = ANY ({_PLACES})"', 'BY_PROPERTY = "true"',
           "tests/architecture/test_walls.py::test_nobody_writes_into_another_property"),
    Mutant("database: the wall is not for the owner", "hotel/properties/services/walls.py",
           "ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY",
           f"{_WALLS}::test_a_table_without_its_policy_gets_it_back"),
    Mutant("database: an older policy is left", "hotel/properties/services/walls.py",
           "standing[wall.table] != (_mark(wall), True)", "not standing[wall.table][0]",
           f"{_WALLS}::test_a_table_without_its_policy_gets_it_back"),
    Mutant("database: the trail is changed", "security/sql/trail.sql",
           "BEGIN\n    RAISE EXCEPTION '% is only ever added to.', TG_TABLE_NAME",
           "BEGIN\n    RETURN coalesce(NEW, OLD);\n    RAISE EXCEPTION '% is only ever added to.', TG_TABLE_NAME",
           f"{_CAPTURE}::test_the_trail_is_only_ever_added_to"),
    Mutant("database: what is hidden is in the trail", "security/sql/capture_at_once.sql",
           "v_row := v_row || jsonb_build_object(v_name, '•••');", "NULL;",
           f"{_CAPTURE}::test_passwords_are_never_in_the_trail"),
    Mutant("database: long values are in the trail", "security/sql/capture_at_once.sql",
           "v_name, 'sha256:' || encode(sha256(convert_to(v_value, 'UTF8')), 'hex'));", "v_name, v_value);",
           f"{_CAPTURE}::test_of_long_binary_values_the_digest_is_kept"),
    Mutant("database: a read-only hotel is changed", "security/sql/read_only.sql",
           "    IF FOUND THEN\n", "    IF false THEN\n",
           f"{_AT_HOTELS}::test_of_a_hotel_that_is_read_only_nothing_changes_by_any_way_and_all_can_be_read"),
    Mutant("database: nobody may look at a read-only hotel", "security/sql/read_only.sql",
           " AND told.op <> 'R'", "",
           f"{_AT_HOTELS}::test_a_row_that_moves_is_of_both_hotels_and_looking_is_no_change"),
    Mutant("database: a row moves out of a read-only hotel", "security/sql/read_only.sql",
           "held.property_id IN (told.property_id, (told.old ->> 'property_id')::bigint)",
           "held.property_id = told.property_id",
           f"{_AT_HOTELS}::test_a_row_that_moves_is_of_both_hotels_and_looking_is_no_change"),
    Mutant("database: a seal is changed", "security/sql/seals.sql",
           "AND to_jsonb(OLD) - 'exported_at' = to_jsonb(NEW) - 'exported_at' THEN", "THEN",
           "tests/security/services/test_sealing.py::test_a_seal_is_never_changed"),
    Mutant("database: who looked as whom is changed", "hotel/accounts/sql/impersonations.sql",
           "<> (to_jsonb(OLD) - 'ended_at' - 'ending' - 'updated_at') THEN", "IS NULL THEN",
           "tests/hotel/accounts/services/test_impersonations.py::test_the_database_keeps_the_row_as_it_was"),
    Mutant("database: who looked as whom is forgotten", "hotel/accounts/sql/impersonations.sql",
           "RAISE EXCEPTION 'Who looked as whom is never deleted.' USING ERRCODE = '23001';", "RETURN OLD;",
           "tests/hotel/accounts/services/test_impersonations.py::test_the_database_keeps_the_row_as_it_was"),
    Mutant("database: consents are deleted", "hotel/guests/sql/consents_erasable.sql",
           "RAISE EXCEPTION 'A consent is never deleted: record the withdrawal.' USING ERRCODE = '23001';", "RETURN OLD;", _CONSENTS),
    Mutant("database: consents are changed", "hotel/guests/sql/consents_erasable.sql",
           "RAISE EXCEPTION 'A consent is never changed: record the new decision.' USING ERRCODE = '23001';", "RETURN NEW;", _CONSENTS),
    Mutant("database: more is given back than was paid", "hotel/folios/sql/documents.sql",
           "IF v_left IS NULL OR v_left + NEW.total < 0 AND NOT NEW.is_cancellation", "IF v_left IS NULL", _DOCUMENTS),
    Mutant("database: the books are changed", "hotel/folios/sql/guards.sql",
           "BEGIN\n    RAISE EXCEPTION 'Rows of %", "BEGIN\n    RETURN coalesce(NEW, OLD);\n    RAISE EXCEPTION 'Rows of %",
           f"{_GUARDS}::test_nothing_of_the_ledger_is_changed_or_deleted"),
    Mutant("database: journals need not add up", "hotel/folios/sql/guards.sql", "IF v_wrong IS NOT NULL THEN", "IF false THEN",
           f"{_GUARDS}::test_a_journal_that_does_not_add_up_is_refused_at_the_commit"),
    Mutant("database: other days than the open one", "hotel/folios/sql/guards.sql",
           "business_date <> v_place.business_date) THEN", "business_date IS NULL) THEN",
           f"{_GUARDS}::test_only_the_open_day_is_written"),
    Mutant("database: closed windows", "hotel/folios/sql/guards.sql", "WHERE payer.closed_at IS NOT NULL) THEN", "WHERE false) THEN",
           f"{_GUARDS}::test_nothing_is_posted_on_a_closed_window"),
    Mutant("database: numbers of documents are left out", "hotel/folios/sql/documents.sql", "IF NEW.number <> v_last + 1 THEN",
           "IF false THEN", _DOCUMENTS),
    Mutant("database: documents are not what their hash says", "hotel/folios/sql/documents.sql",
           "IF encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') <> NEW.content_hash THEN", "IF false THEN",
           _DOCUMENTS),
    Mutant("database: figures of closed days", "hotel/stays/sql/frozen.sql", "IF row_day IS DISTINCT FROM open_day\n", "IF false\n",
           "tests/hotel/stays/models/test_statistics.py::test_no_day_but_the_open_one_is_written"),
    Mutant("database: counters are written by hand", "hotel/rooms/sql/guard.sql",
           "BEGIN\n    RAISE EXCEPTION 'Inventory", "BEGIN\n    RETURN NULL;\n    RAISE EXCEPTION 'Inventory",
           f"{_INVENTORY}::test_nobody_else_writes_counters"),
    Mutant("database: more rooms than there are", "hotel/rooms/sql/move.sql", "IF v_is_short THEN", "IF false THEN",
           f"{_INVENTORY}::test_sold_out_names_every_night_and_changes_nothing"),
)  # fmt: skip
