"""Draws a series with its limits."""

from profiling.reports.plots import NARROW, NORMAL, SMALL, Field, LineChart
from profiling.reports.svg import (
    ACCENT,
    DASHES,
    GRID,
    HAIR,
    INK,
    PAPER,
    QUIET,
    Canvas,
    Letters,
    Stroke,
    text_width,
)


def draw_line(plot: LineChart, width: int) -> Canvas:
    """Draw months from left to right, limits as dashes, signals as filled dots."""
    is_narrow = width <= NARROW
    size = SMALL if is_narrow else NORMAL
    labels = (*plot.limit_labels, plot.last_label)
    right = max(text_width(label, size) for label in labels) + 16
    left = max(text_width(label, size) for _, label in plot.ticks) + 16
    height = 210 if is_narrow else 250
    field = Field(left, width - right, 18, height - 44, plot.ticks[-1][0], len(plot.points))
    canvas = Canvas(width, height)
    for value, label in plot.ticks:
        canvas.line((left, field.y(value)), (field.right, field.y(value)), Stroke(GRID))
        place = (left - 10, field.y(value) + 4)
        canvas.text(place, label, Letters(size, QUIET, "end"))
    _draw_limits(canvas, plot, field)
    _draw_series(canvas, plot, field)
    _draw_months(canvas, plot, field, size)
    _draw_end_labels(canvas, plot, field, size)
    if plot.remark and not is_narrow:
        _draw_remark(canvas, plot, field)
    return canvas


def _draw_limits(canvas: Canvas, plot: LineChart, field: Field) -> None:
    if plot.limits is None:
        return
    lines = ((plot.limits.high, DASHES), (plot.limits.mean, ""), (plot.limits.low, DASHES))
    for value, dash in lines:
        begin, end = (field.left, field.y(value)), (field.right, field.y(value))
        canvas.line(begin, end, Stroke(HAIR, 1.2, dash))


def _draw_series(canvas: Canvas, plot: LineChart, field: Field) -> None:
    places = [
        (field.x(i), field.y(point.value)) if point.value is not None else None
        for i, point in enumerate(plot.points)
    ]
    run: list[tuple[float, float]] = []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
            continue
        if len(run) > 1:
            canvas.path(run, Stroke(ACCENT, 1.8))
        run = []
    for place, point in zip(places, plot.points, strict=True):
        if place is not None:
            radius, fill = (4.5, ACCENT) if point.is_signal else (3, PAPER)
            canvas.dot(place, radius, fill=fill)


def _draw_months(canvas: Canvas, plot: LineChart, field: Field, size: float) -> None:
    room = (field.right - field.left) / max(1, len(plot.points) - 1)
    step = next(s for s in (1, 2, 3, 6, 12, 24) if s * room > text_width("Mmmm", size))
    last = len(plot.points) - 1
    shown = [i for i in range(len(plot.points)) if (last - i) % step == 0]
    year = ""
    for i in shown:
        point = plot.points[i]
        canvas.text((field.x(i), field.bottom + 20), point.month, Letters(size, QUIET, "middle"))
        if point.year != year:
            bold = Letters(size, INK, "middle", is_bold=True)
            canvas.text((field.x(i), field.bottom + 38), point.year, bold)
            year = point.year


def _draw_end_labels(canvas: Canvas, plot: LineChart, field: Field, size: float) -> None:
    ends: list[tuple[float, str, bool]] = []
    if plot.limits:
        values = (plot.limits.high, plot.limits.mean, plot.limits.low)
        pairs = zip(values, plot.limit_labels, strict=True)
        ends = [(field.y(value), label, False) for value, label in pairs]
    known = [point.value for point in plot.points if point.value is not None]
    if known:
        ends.append((field.y(known[-1]), plot.last_label, True))
    for y, label, is_bold in _apart(sorted(ends), size + 4, field.bottom + 4):
        letters = Letters(size, INK if is_bold else QUIET, is_bold=is_bold)
        canvas.text((field.right + 12, y + 4), label, letters)


def _apart(
    ends: list[tuple[float, str, bool]], gap: float, lowest: float
) -> list[tuple[float, str, bool]]:
    """Move labels apart: down where they touch, then up again where they leave the field."""
    places = [y for y, _, _ in ends]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + gap)
    if places and places[-1] > lowest:
        places[-1] = lowest
        for i in range(len(places) - 2, -1, -1):
            places[i] = min(places[i], places[i + 1] - gap)
    return [(y, label, bold) for y, (_, label, bold) in zip(places, ends, strict=True)]


def _draw_remark(canvas: Canvas, plot: LineChart, field: Field) -> None:
    position, words = plot.remark or (0, "")
    value = plot.points[position].value
    if value is None:
        return
    x, y = field.x(position), field.y(value)
    is_low = y > (field.top + field.bottom) / 2
    end = field.top + 2 if is_low else field.bottom - 12
    canvas.line((x, y + (-8 if is_low else 8)), (x, end), Stroke(HAIR))
    is_left = x + text_width(words, NORMAL) + 8 > field.right
    anchor, offset = ("end", -8) if is_left else ("start", 8)
    canvas.text((x + offset, end + (10 if is_low else 0)), words, Letters(NORMAL, INK, anchor))
