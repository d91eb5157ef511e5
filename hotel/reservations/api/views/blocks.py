"""Group blocks: made, changed, picked up and cut off."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from hotel.reservations.api.filters import BlockFilter
from hotel.reservations.api.rooming_files import CsvParser, RoomingFile, XlsxParser
from hotel.reservations.api.serializers.blocks import (
    BlockInput,
    BlockSerializer,
    BlockStatusInput,
    GridInput,
    RoomingFileQuery,
    RoomingListInput,
    RoomingResultSerializer,
    rows_read,
)
from hotel.reservations.api.serializers.bookings import BookingInput, BookingSerializer
from hotel.reservations.api.views.bookings import PARTS
from hotel.reservations.models import Booking, GroupBlock
from hotel.reservations.services.blocks import (
    block_create,
    block_cut_off,
    block_grid_change,
    block_status_change,
)
from hotel.reservations.services.pick_up import (
    block_pick_up,
    rooming_list_check,
    rooming_list_pick_up,
    rooming_list_refused,
)

ROOMING_FILES = [CsvParser, XlsxParser]


class BlockViewSet(ReadViewSet):
    """Group blocks: rooms set aside for a group and picked up one by one.

    A deducting block takes its rooms from the house at once; each pick-up moves one room from blocked to sold.
    """

    area = "reservations"
    queryset = GroupBlock.objects.prefetch_related("nights")
    serializer_class = BlockSerializer
    filterset_class = BlockFilter
    search_fields: ClassVar[list[str]] = ["code", "name"]
    ordering_fields: ClassVar[list[str]] = ["arrival", "code"]
    default_ordering = ("-arrival", "-pk")
    verbs: ClassVar[dict[str, str]] = {
        "cut_off": "manage",
        "grid": "manage",
        "pick_up": "manage",
        "rooming_file": "manage",
        "rooming_list": "manage",
        "status": "manage",
    }
    idempotent = frozenset({"create", "pick_up", "rooming_file", "rooming_list"})
    versioned = frozenset({"retrieve", "grid", "status"})

    @extend_schema(request=BlockInput, responses={201: BlockSerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Make a block; a deducting one takes its rooms now."""
        body = self._body(BlockInput)
        block = block_create(place=body.validated_data["property"], data=body.block_data())
        return self._shown(block, status=201)

    @extend_schema(request=BlockStatusInput, responses=BlockSerializer)
    @action(detail=True, methods=["post"])
    def status(self, request: Any, pk: Any = None) -> Response:
        """Move the block along its life; rooms are taken or given back as the new status says."""
        body = self._body(BlockStatusInput)
        block = block_status_change(
            block=self.get_object(), expected_version=expected_version(request), **body.validated_data
        )
        return self._shown(block)

    @extend_schema(request=GridInput, responses=BlockSerializer)
    @action(detail=True, methods=["post"])
    def grid(self, request: Any, pk: Any = None) -> Response:
        """Set cells of the grid: more rooms, a wash, or another price."""
        body = self._body(GridInput)
        block = block_grid_change(
            block=self.get_object(),
            rows=rows_read(body.validated_data["rows"]),
            is_contract=body.validated_data["is_contract"],
            expected_version=expected_version(request),
        )
        return self._shown(block)

    @extend_schema(request=None, responses=BlockSerializer)
    @action(detail=True, methods=["post"], url_path="cut-off")
    def cut_off(self, request: Any, pk: Any = None) -> Response:
        """Give back to the house what is not picked up; repeating it changes nothing."""
        return self._shown(block_cut_off(block=self.get_object()))

    @extend_schema(request=BookingInput, responses={201: BookingSerializer, 200: BookingSerializer})
    @action(detail=True, methods=["post"], url_path="pick-up")
    def pick_up(self, request: Any, pk: Any = None) -> Response:
        """Book stays from the block at the group's price: all or none; a channel's number sent again answers 200."""
        block, body = self.get_object(), self._body(BookingInput)
        if body.validated_data["property"].pk != block.property_id:
            raise InvalidInput(_("The block belongs to another property."), code="other_property")
        result = block_pick_up(block=block, data=body.data_of_booking(), actor=request.user)
        booking = Booking.objects.prefetch_related(PARTS).get(pk=result.booking.pk)
        shown = BookingSerializer(booking, context=self.get_serializer_context()).data
        return Response(shown, status=201 if result.is_new else 200)

    @extend_schema(
        request=RoomingListInput, responses={201: RoomingResultSerializer, 200: RoomingResultSerializer}
    )
    @action(detail=True, methods=["post"], url_path="rooming-list")
    def rooming_list(self, request: Any, pk: Any = None) -> Response:
        """Pick up a rooming list: every line or none; a dry run (200) tells every line's error."""
        block, body = self.get_object(), self._body(RoomingListInput)
        return self._rooming(
            block, RoomingFile(body.rooming_rows()), is_dry_run=body.validated_data["is_dry_run"]
        )

    @extend_schema(
        request={parser.media_type: OpenApiTypes.BINARY for parser in ROOMING_FILES},
        responses={201: RoomingResultSerializer, 200: RoomingResultSerializer},
        parameters=[RoomingFileQuery],
    )
    @action(detail=True, methods=["post"], url_path="rooming-list/file", parser_classes=ROOMING_FILES)
    def rooming_file(self, request: Any, pk: Any = None) -> Response:
        """Pick up a rooming list sent as a CSV or XLSX file, whose columns are the fields of the JSON form.

        Every line or none; a dry run (200) tells every line's error. Lines are those of the file, the header is 1.
        """
        query = RoomingFileQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        block = self.get_object()
        given = request.data or RoomingFile()  # an empty body is not parsed
        return self._rooming(block, given, **query.validated_data)

    def _rooming(self, block: GroupBlock, given: RoomingFile, *, is_dry_run: bool) -> Response:
        actor = self.request.user
        if is_dry_run or given.errors:
            errors = list(given.errors)
            if given.rows or not errors:
                errors += rooming_list_check(block=block, rows=given.rows, actor=actor)
            errors.sort(key=lambda error: error.line)
            if not is_dry_run:
                raise rooming_list_refused(errors, of=len(given.rows) + len(given.errors))
            return Response(RoomingResultSerializer({"reservations": [], "errors": errors}).data)
        made = rooming_list_pick_up(block=block, rows=given.rows, actor=actor)
        data = {"reservations": [row.pk for row in made], "errors": []}
        return Response(RoomingResultSerializer(data).data, status=201)

    def _body(self, serializer: Any) -> Any:
        read = serializer(data=self.request.data, context=self.get_serializer_context())
        read.is_valid(raise_exception=True)
        return read

    def _shown(self, block: GroupBlock, *, status: int = 200) -> Response:
        fresh = GroupBlock.objects.prefetch_related("nights").get(pk=block.pk)
        return self.answer(self.get_serializer(fresh).data, status=status, version=fresh.version)
