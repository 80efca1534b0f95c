"""A small writer of SVG: presentation attributes only, so that a strict CSP lets it through."""

from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

INK, QUIET, HAIR, GRID = "#1f2933", "#52606d", "#6b7885", "#e9edf1"
ACCENT, MIDDLE, LIGHT, PAPER = "#0b4f6c", "#86adbf", "#dde4ea", "#ffffff"
DASHES, DOTS = "6 4", "2 3"

_GLYPH = 0.56
"""Mean width of a letter, as a part of the font size."""

Place = tuple[float, float]


def text_width(text: str, size: float) -> float:
    """Return about how wide a text will be."""
    return len(text) * size * _GLYPH


@dataclass(frozen=True, slots=True)
class Letters:
    """How a text looks and where it is held."""

    size: float = 13
    fill: str = INK
    anchor: str = "start"
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line looks."""

    colour: str = INK
    width: float = 1
    dash: str = ""


@dataclass(slots=True)
class Canvas:
    """Collects shapes in the order in which they are drawn."""

    width: float
    height: float
    shapes: list[str] = field(default_factory=list)

    def line(self, begin: Place, end: Place, stroke: Stroke) -> None:
        """Draw a straight line."""
        ends = f'x1="{_n(begin[0])}" y1="{_n(begin[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}"'
        self.shapes.append(f"<line {ends} {_stroke(stroke)}/>")

    def path(self, places: list[Place], stroke: Stroke) -> None:
        """Draw a line through all places."""
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in places)
        self.shapes.append(
            f'<polyline points="{points}" fill="none" stroke-linejoin="round" {_stroke(stroke)}/>'
        )

    def box(self, corner: Place, size: Place, fill: str) -> None:
        """Draw a filled box."""
        self.shapes.append(
            f'<rect x="{_n(corner[0])}" y="{_n(corner[1])}" width="{_n(size[0])}"'
            f' height="{_n(size[1])}" fill="{fill}"/>'
        )

    def dot(self, centre: Place, radius: float, *, fill: str = ACCENT) -> None:
        """Draw a dot with an outline, filled or open."""
        self.shapes.append(
            f'<circle cx="{_n(centre[0])}" cy="{_n(centre[1])}" r="{_n(radius)}" fill="{fill}"'
            f' stroke="{ACCENT}" stroke-width="1.5"/>'
        )

    def text(self, place: Place, words: str, letters: Letters | None = None) -> None:
        """Write a text on a thin halo of paper, so that lines below do not touch it."""
        look = letters or Letters()
        weight = ' font-weight="600"' if look.is_bold else ""
        anchor = "" if look.anchor == "start" else f' text-anchor="{look.anchor}"'
        self.shapes.append(
            f'<text x="{_n(place[0])}" y="{_n(place[1])}" font-size="{_n(look.size)}"'
            f' fill="{look.fill}" stroke="{PAPER}" stroke-width="3" paint-order="stroke"'
            f"{weight}{anchor}>{escape(words)}</text>"
        )

    def render(self, name: str) -> Markup:
        """Return the picture; `name` is what it says to somebody who does not see it."""
        size = f'width="{_n(self.width)}" height="{_n(self.height)}"'
        view = f'viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {view} {size} role="img"'
        picture = f'{head} aria-label="{escape(name)}">{"".join(self.shapes)}</svg>'
        return Markup(picture)  # noqa: S704 - every text in it was escaped above


def _stroke(stroke: Stroke) -> str:
    dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    return f'stroke="{stroke.colour}" stroke-width="{_n(stroke.width)}"{dash}'


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
