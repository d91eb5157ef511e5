"""Importing a file: a run that is begun, resumed after an interruption, or undone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from hotel.accounts.models import User
from hotel.contracts.reservations import ReservationsTakenOver
from hotel.core.clock import now
from hotel.core.disk import require_room
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.guests.services.lifetime import profile_recompute
from hotel.properties.models import Property
from hotel.reservations.choices import TAKES_INVENTORY, ImportStatus
from hotel.reservations.domain.imported import RowError
from hotel.reservations.domain.importing import FileMapping
from hotel.reservations.domain.mappings import BUILT_IN, MappingInvalid, mapping_load
from hotel.reservations.models import (
    Booking,
    ImportMapping,
    ImportRun,
    Reservation,
    ReservationChange,
    ReservationGuest,
    ReservationNight,
)
from hotel.reservations.services.commands import nights_of_reservations, reservations_locked, settle
from hotel.reservations.services.import_checks import Checked, Defaults, stays_checked
from hotel.reservations.services.import_files import fingerprint_of, stays_read
from hotel.reservations.services.imports import ImportRefused, rows_import
from hotel.reservations.services.moves import slices, sold_moves

UNDO_CHUNK = 500
NAMED = 7
_TOUCHED = Q(version__gt=1) | Q(is_taken_over=False) | Q(booking__version__gt=1) | Q(notes__isnull=False)
_NAMED_BY = ("reservations", "bookings", "stays_of", "consents", "documents", "relationships", "related_by")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class FileImport:
    """What to import.

    Attributes:
        mapping: name of a saved mapping of the property, or of one that comes with the house.
        rate_plan: code of the plan of rows that name none.
    """

    place: Property
    path: Path
    mapping: str
    rate_plan: str = ""
    actor: User | None = None


@dataclass
class DryRun:
    """What an import would do: reservations to be made, rows that are here already, and what is wrong."""

    rows: int
    known: int
    errors: list[RowError] = field(default_factory=list)


def mapping_save(*, place: Property, name: str, contents: dict[str, Any]) -> ImportMapping:
    """Save a mapping under a name, or change the one that has it.

    Raises:
        InvalidInput: the contents are no mapping; each reason is named.
    """
    try:
        mapping_load(contents)
    except MappingInvalid as error:
        raise InvalidInput(str(error), code="mapping_invalid", fields={"contents": error.errors}) from error
    saved, _ = ImportMapping.objects.update_or_create(
        property=place, name=name, defaults={"contents": contents}
    )
    return saved


def import_dry_run(*, wanted: FileImport) -> DryRun:
    """Read and check a whole file; nothing is written.

    Raises:
        NotFound: no mapping of this name. InvalidInput: the file cannot be read with it.
    """
    contents = _contents(wanted)
    stays, errors = stays_read(path=wanted.path, mapping=_loaded(contents))
    defaults = _defaults(wanted, fingerprint_of(path=wanted.path))
    checked = stays_checked(place=wanted.place, stays=stays, defaults=defaults)
    every = sorted([*errors, *checked.errors], key=lambda error: (error.line, error.field))
    return DryRun(len(checked.rows), checked.known, every)


def import_begin(*, wanted: FileImport, progress: Progress | None = None) -> ImportRun:
    """Import a file: all of it, or nothing when a single row is wrong.

    Returns:
        The finished run.

    Raises:
        ImportRefused: rows are wrong; nothing was written.
        Conflict: an import of the property stopped half way (``import_unfinished``): resume or undo it first.
        NotFound, InvalidInput: as the dry run.
        StorageLow: there is too little room on the disk.
    """
    require_room()
    contents, fingerprint = _contents(wanted), fingerprint_of(path=wanted.path)
    stays, errors = stays_read(path=wanted.path, mapping=_loaded(contents))
    checked = stays_checked(place=wanted.place, stays=stays, defaults=_defaults(wanted, fingerprint))
    if errors or checked.errors:
        raise ImportRefused(sorted([*errors, *checked.errors], key=lambda error: (error.line, error.field)))
    try:
        with transaction.atomic():
            run = ImportRun.objects.create(
                property=wanted.place,
                file_name=wanted.path.name,
                fingerprint=fingerprint,
                mapping=contents,
                total=len(stays),
                started_by=wanted.actor,
            )
    except IntegrityError as error:
        raise _unfinished(wanted.place) from error
    return _stored(run, wanted, checked, progress)


def import_resume(*, wanted: FileImport, progress: Progress | None = None) -> ImportRun:
    """Go on with the import that stopped: rows stored before are left alone. Repeatable.

    Raises:
        NotFound: nothing stopped half way.
        InvalidInput: it is another file (``file_differs``).
        ImportRefused: a row no longer fits, such as a room sold since.
        StorageLow: there is too little room on the disk.
    """
    require_room()
    run = ImportRun.objects.at(wanted.place.pk).filter(status=ImportStatus.RUNNING).first()
    if run is None:
        raise NotFound(_("No import of this property stopped half way."))
    if fingerprint_of(path=wanted.path) != run.fingerprint:
        text = _(
            "This is not the file %(file_name)s whose import stopped. Give that one, or undo its import."
        ) % {"file_name": run.file_name}
        raise InvalidInput(text, code="file_differs")
    stays, errors = stays_read(path=wanted.path, mapping=_loaded(run.mapping))
    left = [stay for stay in stays if stay.line > run.position]
    checked = stays_checked(place=wanted.place, stays=left, defaults=_defaults(wanted, run.fingerprint))
    checked.errors = [*errors, *checked.errors]
    return _stored(run, wanted, checked, progress)


def _stored(run: ImportRun, wanted: FileImport, checked: Checked, progress: Progress | None) -> ImportRun:
    result = rows_import(place=wanted.place, checked=checked, actor=wanted.actor, run=run, progress=progress)
    run.known = result.known
    run.status, run.ended_at = ImportStatus.FINISHED, now()
    run.save(update_fields=["known", "status", "ended_at", "updated_at"])
    return run


def import_undo(*, run: ImportRun, progress: Progress | None = None) -> ImportRun:
    """Take out again what a run stored: stays, bookings, and guests nobody else knows. Repeatable.

    Companies and raised overbooking allowances stay. Committed by chunks; an interrupted undo is begun again.

    Raises:
        Conflict: a stay or its booking was changed, a note written on it, or a stay added to its booking, since
            (``import_touched`` names the stays); nothing was taken out.

    Locks: per chunk the reservations ascending, then the counters.
    """
    stays = Reservation.objects.at(run.property_id).filter(booking__import_run=run)
    _refuse_touched(stays)
    while done := _undo_chunk(run):
        if progress is not None:
            progress(done, run.total)
    run.status, run.ended_at = ImportStatus.UNDONE, now()
    run.save(update_fields=["status", "ended_at", "updated_at"])
    return run


@transaction.atomic
def _undo_chunk(run: ImportRun) -> int:
    """Take out some bookings; returns how many."""
    left = Booking.objects.at(run.property_id).filter(import_run=run).order_by("pk")
    ids = list(left.values_list("pk", flat=True)[:UNDO_CHUNK])
    bookings = lock_rows(Booking.objects.filter(pk__in=ids))
    rows = reservations_locked(Reservation.objects.filter(booking__in=ids).values_list("pk", flat=True))
    _refuse_touched(Reservation.objects.filter(booking__in=ids))
    nights = nights_of_reservations(rows)
    moves = [
        move
        for row in rows
        if row.status in TAKES_INVENTORY
        for move in sold_moves(released=slices(nights[row.pk]), is_day_use=row.is_day_use)
    ]
    for model in (ReservationNight, ReservationGuest, ReservationChange):
        model.objects.filter(reservation__in=rows).delete()
    Reservation.objects.filter(booking__in=ids).delete()
    Booking.objects.filter(pk__in=ids).delete()
    _forget_guests(run, {booking.booker_id for booking in bookings if booking.booker_id})
    if rows:
        fact = ReservationsTakenOver(
            property_id=run.property_id, import_run_id=run.pk, reservations=len(rows), is_undone=True
        )
        settle(run.property_id, moves, [fact])
    return len(bookings)


def _forget_guests(run: ImportRun, ids: set[int]) -> None:
    """Delete the guests that the run made and nothing else names; recompute the figures of the others."""
    made = Guest.objects.filter(pk__in=ids, created_at__gte=run.created_at, version=1)
    for relation in _NAMED_BY:
        made = made.filter(**{f"{relation}__isnull": True})
    made.filter(profiles__property=run.property_id).delete()
    profile_recompute(ids=ids, property_id=run.property_id)


def _contents(wanted: FileImport) -> dict[str, Any]:
    saved = ImportMapping.objects.at(wanted.place.pk).filter(name=wanted.mapping).first()
    if saved is None and wanted.mapping not in BUILT_IN:
        names = [*ImportMapping.objects.at(wanted.place.pk).values_list("name", flat=True), *BUILT_IN]
        raise NotFound(
            _("No mapping is called %(mapping)r; there are %(names)s.")
            % {"mapping": wanted.mapping, "names": ", ".join(names)}
        )
    return saved.contents if saved is not None else BUILT_IN[wanted.mapping]


def _loaded(contents: dict[str, Any]) -> FileMapping:
    try:
        return mapping_load(contents)
    except MappingInvalid as error:
        raise InvalidInput(str(error), code="mapping_invalid") from error


def _defaults(wanted: FileImport, fingerprint: str) -> Defaults:
    return Defaults(rate_plan=wanted.rate_plan, source_key=fingerprint[:12])


def _refuse_touched(stays: QuerySet[Reservation]) -> None:
    """Refuse, with their numbers, when people have worked on any of the stays."""
    numbers = stays.filter(_TOUCHED).order_by("pk").values_list("number", flat=True).distinct()[:NAMED]
    if numbers:
        text = _("These stays were changed, added or noted upon since: %(numbers)s. Cancel them instead.") % {
            "numbers": ", ".join(numbers)
        }
        raise Conflict(text, code="import_touched", extra={"reservations": list(numbers)})


def _unfinished(place: Property) -> Conflict:
    run = ImportRun.objects.at(place.pk).get(status=ImportStatus.RUNNING)
    text = _("The import of %(file_name)s stopped after line %(position)s. Resume it, or undo it.") % {
        "file_name": run.file_name,
        "position": run.position,
    }
    return Conflict(text, code="import_unfinished", extra={"run": run.pk})
