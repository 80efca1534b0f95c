"""What a chart shows, as plain descriptions; drawing them is somebody else's work."""

from dataclasses import dataclass

from profiling.reports.xmr import Limits

NARROW, MIDDLING = 288, 680
"""Widths, in pixels of a screen, up to which a chart is drawn for a phone and for paper."""

SMALL, NORMAL = 12.0, 13.0
"""Sizes of letters."""


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a series; the year stands below where it changes."""

    month: str
    year: str
    value: float | None
    is_signal: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """A series with its limits; texts are ready to be written."""

    points: tuple[Point, ...]
    limits: Limits | None
    ticks: tuple[tuple[float, str], ...]
    limit_labels: tuple[str, str, str]
    last_label: str
    remark: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stacked bar."""

    label: str
    share: float


@dataclass(frozen=True, slots=True)
class StackChart:
    """Bars of 100 %, each with at most three parts."""

    rows: tuple[tuple[str, tuple[Part, ...]], ...]
    ticks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DotRow:
    """One share with its interval, or a remark where there is too little."""

    label: str
    text: str
    value: float | None
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class DotChart:
    """Shares with intervals on one scale from 0 to 100 %."""

    rows: tuple[DotRow, ...]
    ticks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Shares as bars from zero: label, share, text."""

    rows: tuple[tuple[str, float, str], ...]


Plot = LineChart | StackChart | DotChart | BarChart


@dataclass(frozen=True, slots=True)
class Field:
    """Where values lie: a box and the greatest value of its vertical axis."""

    left: float
    right: float
    top: float
    bottom: float
    most: float
    count: int = 2

    def x(self, position: int) -> float:
        """Return where a position of the series lies."""
        return self.left + (self.right - self.left) * position / max(1, self.count - 1)

    def y(self, value: float) -> float:
        """Return how high a value lies."""
        return self.bottom - (self.bottom - self.top) * value / self.most

    def across(self, share: float) -> float:
        """Return where a share lies from left to right."""
        return self.left + (self.right - self.left) * share
