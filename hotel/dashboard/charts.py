"""Charts as data for the SVG templates in ``dashboard/charts/``: pure functions, in the units of a fixed view box.

A chart has a name for readers and a table as its twin on the page; nothing in it can be focused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 12, 24
HEAT_STEPS = 7
NICE = (1, 2, 5)
Value = int | Decimal | None


@dataclass(frozen=True)
class Series:
    """Values by column, None for unknown; ``look`` is ``now``, ``last``, ``gain`` or ``loss``."""

    name: str
    look: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Tick:
    """A line of the grid, or a word below a column: where it is, and what it says."""

    at: str
    text: str


@dataclass(frozen=True)
class Line:
    """A series as the ``d`` of a path, broken where a value is unknown."""

    name: str
    look: str
    path: str


@dataclass(frozen=True)
class Bar:
    """A rectangle; ``text`` says what it stands for."""

    x: str
    y: str
    width: str
    height: str
    look: str
    text: str


@dataclass(frozen=True)
class Mark:
    """A day that is drawn as an upright line: where it is, what it says, and on which side of it (``text-anchor``)."""

    at: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    """All that a template draws."""

    title: str
    rows: list[Tick]
    columns: list[Tick]
    zero: str
    lines: list[Line]
    bars: list[Bar]
    legend: list[tuple[str, str]]
    marks: Sequence[Mark] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def line_chart(
    title: str,
    series: Sequence[Series],
    labels: Sequence[str],
    every: int = 7,
    marks: Sequence[tuple[int, str]] = (),
) -> Chart:
    """Lines over columns of equal width.

    Args:
        title: what the chart is called.
        series: all as long as ``labels``.
        labels: of the columns; each ``every``-th is written.
        every: at least 1.
        marks: columns with an upright line, and what it says.
    """
    scale = _Scale(series, len(labels))
    return Chart(
        title=title,
        rows=scale.rows(),
        columns=scale.columns(labels, every),
        zero=_n(scale.y(0)),
        marks=[
            Mark(_n(scale.x(index)), text, "end" if 2 * index > len(labels) else "start")
            for index, text in marks
        ],
        lines=[Line(one.name, one.look, _path(one.values, scale)) for one in series],
        bars=[],
        legend=[(one.name, one.look) for one in series],
    )


def bar_chart(title: str, series: Sequence[Series], labels: Sequence[str], every: int = 7) -> Chart:
    """Bars above and below zero, those of one column on top of one another from the zero line."""
    scale = _Scale(series, len(labels))
    bars = [
        _bar(one, scale, index, labels[index], value)
        for one in series
        for index, value in enumerate(one.values)
        if value
    ]
    return Chart(
        title=title,
        rows=scale.rows(),
        columns=scale.columns(labels, every),
        zero=_n(scale.y(0)),
        lines=[],
        bars=bars,
        legend=[(one.name, one.look) for one in series],
    )


def heat_step(share: Decimal | None) -> int | None:
    """The step of the heat ramp of a share: 0 for nothing to 6 for full and more; None for unknown."""
    if share is None:
        return None
    return min(HEAT_STEPS - 1, max(0, int(share * (HEAT_STEPS - 1))))


def nice_step(most: Decimal, count: int = 4) -> Decimal:
    """A round step of at least 1 with which at most ``count`` steps reach ``most``."""
    rough = max(Decimal(most) / count, Decimal(1))
    power = Decimal(10) ** (len(str(int(rough))) - 1)
    factor = next((nice for nice in NICE if nice * power >= rough), 10)
    return factor * power


class _Scale:
    """From values to places in the view box."""

    def __init__(self, series: Sequence[Series], columns: int) -> None:
        known = [Decimal(value) for one in series for value in one.values if value is not None]
        top, bottom = max([*known, Decimal(1)]), min([*known, Decimal(0)])
        self.step = nice_step(max(top, -bottom))
        self.top = (top / self.step).to_integral_value(rounding=ROUND_CEILING) * self.step
        self.bottom = -((-bottom / self.step).to_integral_value(rounding=ROUND_CEILING) * self.step)
        self.wide = Decimal(WIDTH - LEFT - RIGHT) / max(columns, 1)

    def y(self, value: Decimal | int) -> Decimal:
        high = Decimal(HEIGHT - TOP - BOTTOM)
        return TOP + high * (self.top - Decimal(value)) / (self.top - self.bottom)

    def x(self, index: int) -> Decimal:
        """The middle of a column."""
        return LEFT + self.wide * (index + Decimal("0.5"))

    def rows(self) -> list[Tick]:
        count = int((self.top - self.bottom) / self.step)
        values = [self.bottom + self.step * step for step in range(count + 1)]
        return [Tick(_n(self.y(value)), f"{value:.0f}".replace("-", "−")) for value in values]

    def columns(self, labels: Sequence[str], every: int) -> list[Tick]:
        return [Tick(_n(self.x(index)), labels[index]) for index in range(0, len(labels), every)]


def _path(values: Sequence[Value], scale: _Scale) -> str:
    found, is_down = [], False
    for index, value in enumerate(values):
        if value is not None:
            found.append(f"{'L' if is_down else 'M'}{_n(scale.x(index))} {_n(scale.y(value))}")
        is_down = value is not None
    return "".join(found)


def _bar(series: Series, scale: _Scale, index: int, label: str, value: int | Decimal) -> Bar:
    high, low = scale.y(max(Decimal(value), Decimal(0))), scale.y(min(Decimal(value), Decimal(0)))
    gap = scale.wide * Decimal("0.15")
    x = scale.x(index) - scale.wide / 2 + gap
    text = f"{label}, {series.name}: {value}"
    return Bar(_n(x), _n(high), _n(scale.wide - 2 * gap), _n(low - high), series.look, text)


def _n(value: Decimal | int) -> str:
    """A number as SVG reads it, whatever the language: two places at most."""
    return f"{Decimal(value):.2f}".rstrip("0").rstrip(".")
