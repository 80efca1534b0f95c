"""A chart of a report: the drawing at three widths, the finding in its title, and a table."""

from dataclasses import dataclass

from profiling.reports.drawing import draw
from profiling.reports.plots import MIDDLING, NARROW, LineChart, Plot, StackChart

SHARE_TICKS = ("0%", "25%", "50%", "75%", "100%")
_WIDE, _HALF = 1216, 584


@dataclass(frozen=True, slots=True)
class Table:
    """A table beside a chart, or of its own; the first column names the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a page shows it; `drawings` are the same at three widths."""

    key: str
    title: str
    how: str
    signals: tuple[str, ...]
    drawings: tuple[tuple[str, str], ...]
    table: Table


def chart_of(
    key: str, how: str, plot: Plot, table: Table, *, signals: tuple[str, ...] = ()
) -> Chart:
    """Draw a plot; its table's caption is the chart's title."""
    title = table.caption
    is_wide = isinstance(plot, LineChart | StackChart)
    widths = (("wide", _WIDE if is_wide else _HALF), ("middle", MIDDLING), ("narrow", NARROW))
    name = " ".join((f"{title}.", *signals))
    drawings = tuple((size, draw(plot, width).render(name)) for size, width in widths)
    return Chart(key, title, how, signals, drawings, table)
