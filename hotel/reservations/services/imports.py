"""Takes over reservations from another system in bulk: all checked first, then stored chunk by chunk."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.reservations.choices import ImportStatus
from hotel.reservations.domain.imported import ImportedStay, RowError
from hotel.reservations.domain.stays import runs
from hotel.reservations.models import ImportRun
from hotel.reservations.services.import_checks import (
    Checked,
    Defaults,
    Row,
    policies_now,
    span_of,
    stays_checked,
)
from hotel.reservations.services.import_rows import Writer
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import night_counts, vectors
from hotel.rooms.services.inventory import inventory_open, overbooking_set

CHUNK = 500
NO_DEFAULTS = Defaults()


class ImportRefused(InvalidInput):
    """Rows are wrong, so nothing was imported. ``errors`` has every reason, by line; ``extra`` the first hundred."""

    code = "import_refused"
    NAMED = 100

    def __init__(self, errors: Sequence[RowError]) -> None:
        self.errors = list(errors)
        lines = len({error.line for error in errors})
        named = [asdict(error) for error in self.errors[: self.NAMED]]
        super().__init__(
            _("%(lines)s rows are wrong. Nothing was imported.") % {"lines": lines}, extra={"errors": named}
        )


@dataclass(frozen=True)
class ImportResult:
    """How many reservations were made, and how many were here before."""

    imported: int
    known: int


def stays_import(
    *,
    place: Property,
    stays: Iterable[ImportedStay],
    defaults: Defaults = NO_DEFAULTS,
    actor: User | None = None,
    run: ImportRun | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportResult:
    """Take over stays that another system sold: one booking each, prices, party and outcome as recorded.

    Every stay is checked before the first is written. Then chunks of ``CHUNK`` are committed one by one, with
    bookings, nights, guests, companies, log and counters together. A stay whose channel and number the property
    has is left alone, so a repetition imports nothing twice. Today's prices and restrictions are not asked; the
    stays are marked ``is_taken_over``. No letter is sent.

    Past nights are opened as needed and always fit: where the record exceeds the rooms, the night's overbooking
    allowance is raised by what lacks. Coming nights must be free.

    Args:
        place: the property, with its open business date.
        stays: as read from a file, or made by a service.
        defaults: what counts where a stay says nothing.
        actor: who imports; None for the house itself.
        run: keeps the position for a resumption; None for callers that repeat everything.
        progress: called after each chunk with rows done and rows in all.

    Returns:
        Counts of this call.

    Raises:
        ImportRefused: at least one stay is wrong; nothing was written.
        Conflict: somebody else continues the run.
        RoomTypeSoldOut: somebody sold the last room since the check; earlier chunks stay.

    Locks: per chunk, the run, then the counters of its nights.
    """
    checked = stays_checked(place=place, stays=stays, defaults=defaults)
    return rows_import(place=place, checked=checked, actor=actor, run=run, progress=progress)


def rows_import(
    *,
    place: Property,
    checked: Checked,
    actor: User | None = None,
    run: ImportRun | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportResult:
    """Store what ``stays_checked`` has found well, as ``stays_import`` does.

    Raises:
        ImportRefused: it found errors; nothing was written.
        Otherwise as stays_import.
    """
    if checked.errors:
        raise ImportRefused(checked.errors)
    past_made_to_fit(place=place, rows=checked.rows)
    writer = Writer(place, policies_now(place), actor=actor, run=run)
    for start in range(0, len(checked.rows), CHUNK):
        _chunk(writer, checked.rows[start : start + CHUNK], run)
        if progress is not None:
            progress(min(start + CHUNK, len(checked.rows)), len(checked.rows))
    writer.finish()
    return ImportResult(len(checked.rows), checked.known)


@transaction.atomic
def past_made_to_fit(*, place: Property, rows: Sequence[Row]) -> int:
    """Open the nights of rows and allow on past ones what was sold there beyond the rooms.

    Returns:
        How many counters of past nights were allowed more.

    Locks: the property's structure.
    """
    span = span_of(rows)
    if span is None:
        return 0
    inventory_open(place=place, since=span[0], until=span[1])
    allowances = _allowances(place, rows, span)
    types = {row.pk: row for row in RoomType.objects.at(place.pk)}
    for (counter, quantity), nights in sorted(allowances.items(), key=lambda item: item[0][0] or 0):
        for start, end in runs(nights):
            room_type = None if counter is None else types[counter]
            overbooking_set(place=place, start=start, end=end, quantity=quantity, room_type=room_type)
    return sum(map(len, allowances.values()))


def _allowances(
    place: Property, rows: Sequence[Row], span: tuple[date, date]
) -> dict[tuple[int | None, int], list[date]]:
    """By counter and new allowance, the past nights that need it."""
    consumption = vectors(place.pk)
    wanted: dict[tuple[int | None, date], int] = defaultdict(int)
    for row in rows:
        if row.takes_inventory and not row.stay.is_day_use:
            for night in row.stay.nights:
                for counter, quantity in consumption[row.room_type.pk].items():
                    wanted[counter, night] += quantity
    found: dict[tuple[int | None, int], list[date]] = defaultdict(list)
    for count in night_counts(place.pk, span[0], min(span[1], place.business_date)):
        lacking = wanted[count.room_type_id, count.night] - count.free
        if lacking > 0:
            found[count.room_type_id, count.overbooking + lacking].append(count.night)
    return found


@transaction.atomic
def _chunk(writer: Writer, rows: Sequence[Row], run: ImportRun | None) -> None:
    """Store one chunk and move the run's position with it, in one transaction."""
    if run is not None:
        (fresh,) = lock_rows(ImportRun.objects.filter(pk=run.pk))
        if fresh.status != ImportStatus.RUNNING or fresh.position != run.position:
            raise Conflict(_("Somebody else continues this import."), code="import_continued")
    written = writer.write(rows)
    if run is not None:
        run.position, run.imported, run.updated_at = rows[-1].stay.line, run.imported + written, now()
        run.save(update_fields=["position", "imported", "updated_at"])
