"""Draws a chart from its description, at any width."""

from profiling.reports.line_drawing import draw_line
from profiling.reports.plots import BarChart, DotChart, LineChart, Plot, StackChart
from profiling.reports.share_drawing import draw_bars, draw_dots, draw_stacks
from profiling.reports.svg import Canvas


def draw(plot: Plot, width: int) -> Canvas:
    """Draw a chart at this width, in units of a screen's pixel."""
    match plot:
        case LineChart():
            return draw_line(plot, width)
        case StackChart():
            return draw_stacks(plot, width)
        case DotChart():
            return draw_dots(plot, width)
        case BarChart():
            return draw_bars(plot, width)
