"""The two houses of the demo, room by room: what is sold, what stands where, what is in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class TypePlan:
    """A room type to be made.

    Attributes:
        parts: code of a standard type to number of rooms, for a component type.
        base: code of the standard type a virtual type is sold from.
        day_use: day-use stays a day.
    """

    code: str
    name: str
    kind: str = "standard"
    room_class: str = ""
    description: str = ""
    standard: int = 2
    most: int = 2
    adults: int = 2
    children: int = 0
    credits: str = "1"
    day_use: int = 0
    base: str = ""
    parts: Mapping[str, int] = field(default_factory=dict)
    features: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoomPlan:
    """A room to be made; ``parts`` are numbers of other rooms, ``door_to`` the number of a room it connects to."""

    number: str
    type_code: str
    building: str
    level: int
    section: str
    beds: Mapping[str, int] = field(default_factory=dict)
    features: tuple[str, ...] = ()
    is_accessible: bool = False
    door_to: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HousePlan:
    """A whole house; rooms stand after the rooms they refer to."""

    features: Mapping[str, str]
    types: tuple[TypePlan, ...]
    rooms: tuple[RoomPlan, ...]


_FEATURES = {
    "BALCONY": "Balcony",
    "BATHTUB": "Bath tub",
    "QUIET": "Quiet side",
    "HIGH": "High floor",
    "DESK": "Work desk",
}


def city_house() -> HousePlan:
    """44 rooms in Vienna on five floors and in a courtyard wing, two apartments made of two rooms each."""
    types = (
        TypePlan(
            code="SAVER",
            name="Saver double",
            kind="virtual",
            base="STD",
            description="A standard double; we choose which one.",
        ),
        TypePlan(code="STD", name="Standard double", room_class="Standard", day_use=3, features=("DESK",)),
        TypePlan(
            code="SUP",
            name="Superior double",
            room_class="Superior",
            most=3,
            children=1,
            day_use=1,
            features=("DESK",),
        ),
        TypePlan(
            code="DLX",
            name="Deluxe double",
            room_class="Deluxe",
            most=3,
            adults=3,
            children=1,
            credits="1.5",
            features=("DESK", "BATHTUB"),
        ),
        TypePlan(
            code="JSU",
            name="Junior suite",
            room_class="Suite",
            most=4,
            adults=3,
            children=2,
            credits="2",
            features=("BALCONY", "BATHTUB"),
        ),
        TypePlan(
            code="FAM",
            name="Family apartment",
            kind="component",
            room_class="Suite",
            standard=4,
            most=5,
            adults=4,
            children=3,
            credits="2",
            parts={"STD": 1, "SUP": 1},
        ),
        TypePlan(code="PM", name="Posting master", kind="pseudo", standard=1, most=1, adults=1, credits="0"),
    )
    return HousePlan(features=_FEATURES, types=types, rooms=tuple(_city_rooms()))


def _city_rooms() -> Iterator[RoomPlan]:
    by_place = ("STD", "STD", "STD", "SUP", "SUP", "DLX", "STD")
    for level in range(1, 6):
        for place, code in enumerate(by_place, 1):
            if level == 5 and place > 3:
                code = "JSU"
            elif level == 4 and place in (1, 2):
                code = "SUP"
            features = ("QUIET",) if place in (3, 4) else ()
            yield RoomPlan(
                number=f"{level}{place:02}",
                type_code=code,
                building="MAIN",
                level=level,
                section="HIGH" if level > 3 else "LOW",
                beds={"twin": 1} if place in (2, 7) else {"queen" if code == "STD" else "king": 1},
                features=(*features, *(("HIGH",) if level > 3 else ())),
                is_accessible=(level, place) in {(1, 1), (1, 7)},
                door_to=f"{level}03" if place == 4 and level in (2, 3) else "",
            )
    for level in range(1, 4):
        for place in range(1, 4):
            yield RoomPlan(
                number=f"C{level}{place}",
                type_code="STD" if place < 3 else "DLX",
                building="COURT",
                level=level,
                section="COURT",
                beds={"double": 1} if place < 3 else {"king": 1, "sofa": 1},
                features=("QUIET", "BALCONY") if place == 3 else ("QUIET",),
            )
    for number, parts in (("F2", ("203", "204")), ("F3", ("303", "304"))):
        yield RoomPlan(
            number=number,
            type_code="FAM",
            building="MAIN",
            level=int(number[1]),
            section="LOW",
            features=("QUIET",),
            parts=parts,
        )
    for place in range(1, 4):
        yield RoomPlan(number=f"PM{place}", type_code="PM", building="MAIN", level=0, section="LOW")


def resort_house() -> HousePlan:
    """34 rooms at the bay: garden, ocean, tatami, four villas of which two make a residence."""
    types = (
        TypePlan(
            code="SAVER",
            name="Garden saver",
            kind="virtual",
            base="GDN",
            description="A garden room; we choose which one.",
        ),
        TypePlan(
            code="GDN",
            name="Garden room",
            room_class="Standard",
            most=3,
            children=1,
            day_use=2,
            features=("GARDEN",),
        ),
        TypePlan(
            code="OCN",
            name="Ocean room",
            room_class="Superior",
            most=4,
            adults=3,
            children=2,
            features=("OCEAN", "BALCONY"),
        ),
        TypePlan(
            code="TAT",
            name="Tatami room",
            room_class="Superior",
            most=5,
            adults=4,
            children=3,
            credits="1.5",
            features=("TATAMI",),
        ),
        TypePlan(
            code="VIL",
            name="Bay villa",
            room_class="Villa",
            most=4,
            adults=4,
            children=2,
            credits="3",
            features=("OCEAN", "ONSEN"),
        ),
        TypePlan(
            code="RES",
            name="Bay residence",
            kind="component",
            room_class="Villa",
            standard=4,
            most=8,
            adults=8,
            children=4,
            credits="6",
            parts={"VIL": 2},
        ),
        TypePlan(code="PM", name="Posting master", kind="pseudo", standard=1, most=1, adults=1, credits="0"),
    )
    features = {
        "GARDEN": "Garden view",
        "OCEAN": "Ocean view",
        "BALCONY": "Balcony",
        "TATAMI": "Tatami floor",
        "ONSEN": "Private hot spring",
        "QUIET": "Quiet side",
        "HIGH": "High floor",
    }
    return HousePlan(features=features, types=types, rooms=tuple(_resort_rooms()))


def _resort_rooms() -> Iterator[RoomPlan]:
    for level in range(1, 4):
        for place in range(1, 11):
            code = "TAT" if place in (5, 6) else "GDN" if place < 5 or (level == 1 and place < 9) else "OCN"
            beds = {"GDN": {"twin": 1}, "OCN": {"king": 1, "sofa": 1}, "TAT": {"single": 4}}[code]
            yield RoomPlan(
                number=f"{level}{place:02}",
                type_code=code,
                building="MAIN",
                level=level,
                section="MAIN",
                beds=beds,
                features=(
                    *(("QUIET",) if place in (1, 10) else ()),
                    *(("HIGH",) if level == 3 else ()),
                ),
                is_accessible=(level, place) == (1, 1),
                door_to=f"{level}09" if place == 10 else "",
            )
    for place in range(1, 5):
        yield RoomPlan(
            number=f"V{place}",
            type_code="VIL",
            building="BAY",
            level=0,
            section="BAY",
            beds={"king": 1, "twin": 1},
            door_to="V3" if place == 4 else "",
        )
    yield RoomPlan(number="R1", type_code="RES", building="BAY", level=0, section="BAY", parts=("V3", "V4"))
    for place in range(1, 3):
        yield RoomPlan(number=f"PM{place}", type_code="PM", building="MAIN", level=0, section="MAIN")
