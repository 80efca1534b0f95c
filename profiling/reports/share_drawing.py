"""Draws shares: stacked, as dots with intervals, as bars."""

from itertools import pairwise

from profiling.reports.plots import (
    MIDDLING,
    NARROW,
    NORMAL,
    SMALL,
    BarChart,
    DotChart,
    Field,
    Part,
    StackChart,
)
from profiling.reports.svg import (
    ACCENT,
    GRID,
    HAIR,
    LIGHT,
    MIDDLE,
    PAPER,
    QUIET,
    Canvas,
    Letters,
    Stroke,
    text_width,
)

_SHADES = (LIGHT, MIDDLE, ACCENT)
_AXIS = (0.0, 0.25, 0.5, 0.75, 1.0)


def draw_stacks(plot: StackChart, width: int) -> Canvas:
    """Draw bars of 100 %; the legend stands beside them, or below."""
    is_wide = width > MIDDLING
    lines = 1 if width > NARROW else 3
    row_height = 52 if is_wide else 58 + 22 * lines
    left, right = (150, 600) if is_wide else (1, width - 1)
    canvas = Canvas(width, 34 + row_height * len(plot.rows))
    field = Field(left, right, 26, canvas.height - 6, 1)
    for share, label in zip(_AXIS, plot.ticks, strict=True):
        x = field.across(share)
        canvas.line((x, field.top), (x, canvas.height - 8), Stroke(GRID))
        anchor = "middle" if is_wide else {0.0: "start", 1.0: "end"}.get(share, "middle")
        canvas.text((x, 16), label, Letters(SMALL, QUIET, anchor))
    for number, (label, parts) in enumerate(plot.rows):
        top = field.top + 6 + number * row_height
        if is_wide:
            canvas.text((0, top + 21), label, Letters(NORMAL, is_bold=True))
            _draw_parts(canvas, parts, field, top)
            _draw_legend(canvas, parts, ((right + 36, top + 21), 200, 1))
        else:
            canvas.text((0, top + 14), label, Letters(NORMAL, is_bold=True))
            _draw_parts(canvas, parts, field, top + 22)
            _draw_legend(canvas, parts, ((0, top + 72), width / 3, lines))
    return canvas


def _draw_parts(canvas: Canvas, parts: tuple[Part, ...], field: Field, top: float) -> None:
    begin = 0.0
    for part, shade in zip(parts, _SHADES, strict=True):
        left, right = field.across(begin), field.across(begin + part.share)
        if part.share:
            canvas.box((left, top), (max(1.5, right - left), 32), shade)
        begin += part.share
    edge = 0.0
    for before, after in pairwise(parts):
        edge += before.share
        if 0 < edge < 1 and after.share:
            x = field.across(edge)
            canvas.line((x, top), (x, top + 32), Stroke(PAPER, 2))


def _draw_legend(
    canvas: Canvas, parts: tuple[Part, ...], place: tuple[tuple[float, float], float, int]
) -> None:
    (left, top), room, lines = place
    for number, (part, shade) in enumerate(zip(parts, _SHADES, strict=True)):
        x, y = (left + room * number, top) if lines == 1 else (left, top + 22 * number)
        canvas.box((x, y - 11), (12, 12), shade)
        size = NORMAL if room > NARROW / 2 else SMALL
        canvas.text((x + 20, y), part.label, Letters(size))


def draw_dots(plot: DotChart, width: int) -> Canvas:
    """Draw one dot with its interval in each row."""
    is_narrow = width <= NARROW
    size, row_height = (SMALL, 30.0) if is_narrow else (NORMAL, 34.0)
    left = max(text_width(row.label, size) for row in plot.rows) + 14
    beside = [row.text for row in plot.rows if row.value is not None]
    room = max((text_width(text, size) for text in beside), default=0)
    right = width - min(room + 14, width * 0.36)
    canvas = Canvas(width, row_height * len(plot.rows) + 32)
    field = Field(left, right, 4, canvas.height - 26, 1)
    for share, label in list(zip(_AXIS, plot.ticks, strict=True))[:: 2 if is_narrow else 1]:
        x = field.across(share)
        canvas.line((x, field.top), (x, field.bottom), Stroke(GRID))
        canvas.text((x, canvas.height - 6), label, Letters(SMALL, QUIET, "middle"))
    for number, row in enumerate(plot.rows):
        y = field.top + row_height * (number + 0.5)
        canvas.text((0, y + 4), row.label, Letters(size))
        if row.value is None:
            canvas.text((left + 8, y + 4), row.text, Letters(size, QUIET))
            continue
        low, high = field.across(row.low), field.across(row.high)
        canvas.line((low, y), (high, y), Stroke(HAIR, 1.6))
        for x in (low, high):
            canvas.line((x, y - 5), (x, y + 5), Stroke(HAIR, 1.6))
        canvas.dot((field.across(row.value), y), 4.5)
        canvas.text((right + 14, y + 4), row.text, Letters(size, QUIET))
    return canvas


def draw_bars(plot: BarChart, width: int) -> Canvas:
    """Draw one bar from zero in each row."""
    is_narrow = width <= NARROW
    size, row_height = (SMALL, 46.0) if is_narrow else (NORMAL, 34.0)
    label_room = max(text_width(label, size) for label, _, _ in plot.rows) + 14
    left = 1 if is_narrow else label_room
    right = width - max(text_width(text, size) for _, _, text in plot.rows) - 12
    canvas = Canvas(width, row_height * len(plot.rows) + 8)
    field = Field(left, right, 4, canvas.height - 4, 1)
    for number, (label, share, text) in enumerate(plot.rows):
        top = field.top + row_height * number
        bar = top + 20 if is_narrow else top + 7
        canvas.text((0, top + (13 if is_narrow else 22)), label, Letters(size))
        length = max(1.5, field.across(share) - left) if share else 0
        if length:
            canvas.box((left, bar), (length, 20), ACCENT)
        canvas.text((left + length + 8, bar + 15), text, Letters(size, QUIET))
    if not is_narrow:
        canvas.line((left, field.top), (left, field.bottom), Stroke(HAIR))
    return canvas
