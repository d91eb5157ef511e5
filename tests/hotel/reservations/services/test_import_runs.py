import pytest

from hotel.core.exceptions import Conflict, InvalidInput, NotFound, StorageLow
from hotel.core.invariants import invariants_verify
from hotel.guests.models import Guest
from hotel.guests.services.consents import consent_record
from hotel.reservations.models import (
    Booking,
    ImportMapping,
    ImportRun,
    Reservation,
    ReservationChange,
    ReservationNote,
)
from hotel.reservations.services import import_runs, imports
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.bookings import reservations_add
from hotel.reservations.services.details import booking_describe, note_add
from hotel.reservations.services.import_runs import (
    FileImport,
    import_begin,
    import_dry_run,
    import_resume,
    import_undo,
    mapping_save,
)
from hotel.reservations.services.imports import ImportRefused
from tests.factories.reservations import house_make

HEAD = "external_id,arrival,departure,room_type,adults,status,total,last_name,email"
ROW = "R-{n},2027-03-{n:02},2027-03-{m:02},DBL,2,confirmed,{total},Guest{n},g{n}@example.com"


@pytest.fixture
def house(cast, monkeypatch):
    monkeypatch.setattr(imports, "CHUNK", 2)
    return house_make(cast.alpha)


@pytest.fixture
def wanted(house, tmp_path):
    """Five stays of a night each from 20 March on."""
    path = tmp_path / "stays.csv"
    lines = [ROW.format(n=n, m=n + 1, total=80) for n in range(20, 25)]
    path.write_text("\n".join([HEAD, *lines]) + "\n")
    return FileImport(place=house.place, path=path, mapping="standard", rate_plan="BAR")


def break_at_chunk(monkeypatch, number):
    """The power goes out within the given chunk."""
    write, calls = imports.Writer.write, []

    def failing(self, rows):
        calls.append(rows)
        written = write(self, rows)
        if len(calls) == number:
            raise KeyboardInterrupt
        return written

    monkeypatch.setattr(imports.Writer, "write", failing)
    return lambda: monkeypatch.setattr(imports.Writer, "write", write)


def broken():
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(wanted):
    found = import_dry_run(wanted=wanted)

    assert (found.rows, found.known, found.errors) == (5, 0, [])
    assert not Booking.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_file_is_imported_whole(wanted, house):
    told = []

    run = import_begin(wanted=wanted, progress=lambda *step: told.append(step))

    assert (run.status, run.total, run.imported, run.known, run.position) == ("finished", 5, 5, 0, 6)
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert house.counted("sold", days=12) == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0]
    assert import_dry_run(wanted=wanted).known == 5
    assert broken() == []


def test_one_wrong_row_among_good_ones_imports_nothing(wanted):
    text = wanted.path.read_text().replace("2027-03-24,2027-03-25,DBL", "2027-03-24,2027-03-25,ATTIC")
    wanted.path.write_text(text.replace("R-21,2027-03-21", "R-21,2027-13-21"))

    with pytest.raises(ImportRefused) as refused:
        import_begin(wanted=wanted)

    assert [(error.line, error.field) for error in refused.value.errors] == [(3, "arrival"), (6, "room_type")]
    assert not Booking.objects.exists()
    assert not ImportRun.objects.exists()
    assert import_dry_run(wanted=wanted).errors == refused.value.errors


def test_an_import_that_stopped_goes_on_from_the_last_chunk(wanted, house, monkeypatch):
    restored = break_at_chunk(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        import_begin(wanted=wanted)
    restored()
    run = ImportRun.objects.get()
    assert (run.status, run.position, run.imported) == ("running", 3, 2)
    assert Reservation.objects.count() == 2

    with pytest.raises(Conflict, match="stopped after line 3"):
        import_begin(wanted=wanted)
    done = import_resume(wanted=wanted)

    assert (done.pk, done.status, done.imported, done.position) == (run.pk, "finished", 5, 6)
    assert Reservation.objects.count() == 5
    assert house.counted("sold", days=12) == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0]
    assert broken() == []


def test_with_little_room_on_the_disk_no_import_begins_or_goes_on(wanted, house, monkeypatch, disk_left):
    disk_left(9)
    with pytest.raises(StorageLow, match="Only 9 % of the disk is free"):
        import_begin(wanted=wanted)
    assert not ImportRun.objects.exists()
    assert not Booking.objects.exists()
    assert house.counted("sold", days=12) == [0] * 12

    disk_left(12)
    restored = break_at_chunk(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        import_begin(wanted=wanted)
    restored()
    disk_left(9)
    with pytest.raises(StorageLow):
        import_resume(wanted=wanted)
    run = ImportRun.objects.get()
    assert (run.status, run.position, Reservation.objects.count()) == ("running", 3, 2)

    disk_left(12)
    assert import_resume(wanted=wanted).imported == 5


def test_only_the_same_file_is_resumed(wanted, monkeypatch):
    restored = break_at_chunk(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        import_begin(wanted=wanted)
    restored()
    wanted.path.write_text(wanted.path.read_text() + "\n")

    with pytest.raises(InvalidInput, match=r"not the file stays.csv"):
        import_resume(wanted=wanted)

    assert Reservation.objects.count() == 2


def test_without_an_interrupted_import_there_is_nothing_to_resume(wanted):
    import_begin(wanted=wanted)

    with pytest.raises(NotFound):
        import_resume(wanted=wanted)


def test_an_import_is_undone_without_a_trace_of_stays_and_new_guests(wanted, house, monkeypatch):
    monkeypatch.setattr(import_runs, "UNDO_CHUNK", 2)
    house.reserve(6, 1)
    changes = ReservationChange.objects.count()
    run = import_begin(wanted=wanted)

    import_undo(run=run)

    assert run.status == "undone"
    assert Reservation.objects.count() == Booking.objects.count() == 1
    assert ReservationChange.objects.count() == changes
    assert not Guest.objects.exists()
    assert house.counted("sold", days=12) == [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert import_begin(wanted=wanted).imported == 5
    assert broken() == []


def test_an_undo_keeps_guests_that_were_known_before_or_stay_elsewhere(wanted, house):
    first = import_begin(wanted=wanted)
    known = Guest.objects.get(last_name="Guest20")
    house.reserve(1, 1, primary_guest=known)

    import_undo(run=first)

    assert list(Guest.objects.all()) == [known]


def test_a_run_whose_stays_were_changed_is_not_undone(wanted):
    run = import_begin(wanted=wanted)
    row = Reservation.objects.order_by("pk").first()
    Reservation.objects.filter(pk=row.pk).update(version=2)

    with pytest.raises(Conflict, match=row.number):
        import_undo(run=run)

    assert Reservation.objects.count() == 5


@pytest.mark.parametrize("what", ["note", "text of the booking"])
def test_a_run_on_whose_stays_people_have_worked_is_not_undone(wanted, what):
    run = import_begin(wanted=wanted)
    row = Reservation.objects.order_by("pk")[2]
    if what == "note":
        for text in ("Wants a cot.", "And a lamp."):
            note_add(reservation=row, text=text, actor=None)
    else:
        booking_describe(booking=row.booking, changes={"group_name": "Fitters"}, actor=None)

    with pytest.raises(Conflict, match=row.number) as refused:
        import_undo(run=run)

    assert (refused.value.code, refused.value.extra) == ("import_touched", {"reservations": [row.number]})
    assert (Reservation.objects.count(), ImportRun.objects.get().status) == (5, "finished")
    assert ReservationNote.objects.count() == (2 if what == "note" else 0)


def test_a_note_written_while_an_undo_runs_stops_it_there(wanted, monkeypatch):
    """Chunks before stay out; the chunk with the note is whole."""
    monkeypatch.setattr(import_runs, "UNDO_CHUNK", 2)
    run = import_begin(wanted=wanted)
    late = Reservation.objects.order_by("pk")[2]

    def write(done, total):
        note_add(reservation=late, text="Just rang.", actor=None)

    with pytest.raises(Conflict, match=late.number):
        import_undo(run=run, progress=write)

    assert Reservation.objects.count() == 3
    assert broken() == []


def test_an_undo_keeps_guests_on_whom_something_was_recorded(wanted):
    run = import_begin(wanted=wanted)
    asked = Guest.objects.get(last_name="Guest21")
    consent_record(guest=asked, channel="email", purpose="marketing", source="website")

    import_undo(run=run)

    assert list(Guest.objects.all()) == [asked]


def test_a_saved_mapping_counts_before_one_of_the_house(wanted):
    contents = {"fields": {"arrival": "nowhere"}}

    mapping_save(place=wanted.place, name="standard", contents=contents)

    with pytest.raises(InvalidInput, match="no column 'nowhere'"):
        import_dry_run(wanted=wanted)
    assert ImportMapping.objects.get().contents == contents


def test_what_is_no_mapping_is_not_saved(house):
    with pytest.raises(InvalidInput, match="Unknown field 'colour'"):
        mapping_save(place=house.place, name="mine", contents={"fields": {"colour": "c"}})

    assert not ImportMapping.objects.exists()


def test_an_unknown_mapping_is_refused_with_the_known_names(wanted):
    other = FileImport(place=wanted.place, path=wanted.path, mapping="mine")

    with pytest.raises(NotFound, match="hotel_booking_demand, standard"):
        import_dry_run(wanted=other)


def test_a_run_to_whose_bookings_a_stay_was_added_is_not_undone(wanted, house):
    run = import_begin(wanted=wanted)
    booking = Booking.objects.order_by("pk").first()
    (added,) = reservations_add(
        booking=booking, data=BookingData(reservations=(house.stay(arrival=1),)), actor=None
    )

    with pytest.raises(Conflict, match=added.number):
        import_undo(run=run)

    assert (Reservation.objects.count(), Booking.objects.count()) == (6, 5)
