"""The fault matrix. What the tests of every run show in short stands beside what only ``./auberge chaos`` runs."""

from tests.chaos import Fault, Figure

LOST = "tests/config/stack/test_lost_servers.py"
LONG = "tests/chaos/long_runs.py"
BASE = "tests/chaos/database_faults.py"
KILLS = "tests/config/stack/test_kills.py"
HTTP_STORMS = "tests/hotel/reservations/api/test_storms_over_http.py"

FAULTS = (
    Fault(
        "F1", "writers on the last rooms", "nothing is sold twice, nobody waits for ever",
        ("tests/hotel/reservations/services/test_storms.py",),
    ),
    Fault("F2", "the same over HTTP, 32 programs on the last rooms", "each is sold once, the others are told", (HTTP_STORMS,)),
    Fault("F3", "the same storm on code that checks before it sells", "it does oversell: the check can fail",
          ("tests/hotel/reservations/services/test_storms.py::test_the_naive_way_oversells_in_the_same_storm",)),
    Fault(
        "F4", "kill -9 of PostgreSQL, web and worker in the middle of bookings",
        "what was acknowledged is there, once; every fact has its effect, once", (KILLS,),
    ),
    Fault("F5", "kill -9 of a PostgreSQL that need not wait for its disk", "it does lose, and one that waits does not",
          (f"{BASE}::test_what_a_database_acknowledges_it_keeps",),
          (Figure("commit_on_lost", exactly=0), Figure("commit_off_lost"))),
    Fault("F6", "kill -9 of a process between any two steps of a payment", "as if nobody had disturbed it",
          ("tests/hotel/folios/services/test_payment_kill.py",)),
    Fault("F7", "kill -9 of a worker in the middle of a fact", "the effect happens once",
          ("tests/hotel/core/services/test_outbox.py::test_a_worker_killed_in_the_middle_leaves_the_fact_to_be_applied_once",),
          missing="reports and campaigns, which are not built yet"),
    Fault("F8", "Redis is stopped", "no 5xx on the core", (LOST,), (Figure("without_redis_slowest_seconds"),)),
    Fault("F8b", "PostgreSQL is stopped", "503 within 1 s, ready within 5 s after its return", (LOST,),
          (Figure("slowest_503_seconds", at_most=1), Figure("back_after_seconds", at_most=5))),
    Fault("F9", "the answer is lost after the commit", "asking again does it once",
          ("tests/hotel/core/services/test_idempotency.py", "tests/hotel/folios/api/test_payments.py::test_a_request_that_died_on_the_way_is_finished_by_its_repetition")),
    Fault("F10", "the network to PostgreSQL swallows everything", "every request ends within 5 s with 503", (LOST,),
          (Figure("black_hole_slowest_seconds", at_most=5), Figure("black_hole_back_after_seconds", at_most=5),
           Figure("black_hole_requests"))),
    Fault("F11", "50 ms more to PostgreSQL and back", "no 5xx, nothing piles up", (f"{LONG}::test_a_slow_network",),
          (Figure("slow_network_failed", exactly=0), Figure("slow_network_refused"), Figure("slow_network_ms_p95"), Figure("near_network_ms_p95"))),
    Fault("F12", "300 clients at once on a pool of 4", "each is answered; none by a 500", (f"{LONG}::test_a_storm_of_clients",),
          (Figure("storm_failed", exactly=0), Figure("storm_refused"), Figure("storm_slowest_seconds"))),
    Fault("F13", "no byte is left on the disk of PostgreSQL", "503 or 507; with room again what was acknowledged is there",
          (f"{BASE}::test_a_full_disk",),
          (Figure("full_disk_faults", exactly=0), Figure("full_disk_refused"), Figure("full_disk_back_after_seconds"))),
    Fault("F15", "a card processor that is silent, late, wrong, or tells twice", "captured once, forgeries refused",
          ("tests/hotel/folios/services/test_gateway_calls.py", "tests/hotel/folios/services/test_gateway_notices.py")),
    Fault("F16", "the night audit is killed at every point", "the day ends as if nobody had disturbed it",
          ("tests/hotel/stays/services/test_day_kill.py",)),
    Fault("F17", "two schedulers, two relays, two night audits at once", "one effect each",
          (f"{LONG}::test_two_of_everything",
           "tests/hotel/core/services/test_outbox.py::test_doubled_relays_apply_every_fact_once_and_in_order_per_aggregate",
           "tests/hotel/stays/services/test_night_audit.py::test_two_runs_at_once_close_one_day_once"),
          (Figure("doubled_bookings"),)),
    Fault("F18", "clocks that change, zones of the whole world", "every instant and day is right",
          ("tests/hotel/core/test_zones.py", "tests/hotel/properties/test_business_date.py"),
          missing="a machine's clock that jumps (libfaketime)"),
    Fault("F19", "a table is changed while a long report reads it", "who sells behind it neither fails nor waits for the report",
          (f"{BASE}::test_a_table_is_changed_under_a_long_report", "tests/hotel/core/postgresql/test_patience.py"),
          (Figure("changed_table_failed", exactly=0), Figure("changed_table_slowest_seconds"))),
    Fault("F20", "workers are replaced under load, three times", "0 of 5,000 requests fail",
          (f"{LONG}::test_rolling_restarts",),
          (Figure("restart_failed", exactly=0), Figure("restart_requests"), Figure("restart_slowest_seconds")),
          missing="websockets that resume: pages ask anew when theirs was closed"),
    Fault("F21", "a backup is restored and examined", "proven within 3 minutes; a damaged one is not", ("tests/config/stack/test_drill.py",),
          (Figure("drill_restore_seconds", at_most=180), Figure("drill_verify_seconds"))),
    Fault("F22", "files that grow when they are opened", "refused within little memory",
          ("tests/hostile/test_files.py",), missing="a worker that is held to 512 MB"),
    Fault("F23", "SIGSTOP of a program that holds every night", "others are told to come again; nothing is half done",
          (f"{BASE}::test_the_holder_of_a_lock_stops",),
          (Figure("stopped_holder_slowest_seconds"), Figure("stopped_holder_answers"))),
    Fault("F24", "the key service is away", "what is kept opens, nothing is written in clear",
          ("tests/security/adapters/test_sources.py",)),
    Fault("F25", "kill -9 of the primary, its synchronous standby is promoted", "sold again within 10 s, nothing lost",
          (f"{BASE}::test_a_standby_takes_over",), (Figure("failover_outage_seconds", at_most=10),),
          missing="an asynchronous standby, whose loss is its lag"),
    Fault("F26", "a server outside is dead", "asked five times, then once a pause; back by itself",
          ("tests/hotel/core/test_breakers.py",)),
)  # fmt: skip

# Lines of the reference that nothing here shows, with the reason.
NOT_SHOWN = {
    "F14": "there is no channel manager yet",
}
