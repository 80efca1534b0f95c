"""The picture of a case's links: one step, at most thirty points, laid out in three columns."""

from dataclasses import dataclass

from profiling.services.case_views import CaseLink, Confidence
from profiling.views.case_words import link_value

_MOST_POINTS = 30
_WIDTH, _ROW, _MARGIN = 720, 34, 28
_COLUMNS = (90, 300, 520)


@dataclass(frozen=True, slots=True)
class Point:
    """One application, or one thing that applications share."""

    x: int
    y: int
    label: str
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """One link; a dashed one is only stated by the applicant."""

    x1: int
    y1: int
    x2: int
    y2: int
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw, and what did not fit."""

    width: int
    height: int
    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    left_out: int


def draw_links(applicant: str, links: tuple[CaseLink, ...]) -> Picture | None:
    """Lay out one step from the applicant; None when nothing is shared."""
    shared = [link for link in links if link.interviews]
    if not shared:
        return None
    places = _places(shared)
    rows = max(len(places), len(shared))
    height = rows * _ROW + 2 * _MARGIN
    middle = height // 2
    points = [Point(_COLUMNS[0], middle, applicant, "self")]
    points += [Point(_COLUMNS[2], y, label, "other") for y, label in places.values()]
    lines = []
    for number, link in enumerate(shared):
        y = _MARGIN + (2 * number + 1) * rows * _ROW // (2 * len(shared))
        is_verified = link.confidence is Confidence.VERIFIED
        points.append(Point(_COLUMNS[1], y, link_value(link), "thing" if is_verified else "party"))
        lines.append(Line(_COLUMNS[0], middle, _COLUMNS[1], y, is_verified))
        for each in link.interviews:
            if each.interview_id in places:
                at = places[each.interview_id][0]
                lines.append(Line(_COLUMNS[1], y, _COLUMNS[2], at, is_verified))
    everybody = {each.interview_id for link in shared for each in link.interviews}
    return Picture(_WIDTH, height, tuple(points), tuple(lines), len(everybody) - len(places))


def _places(shared: list[CaseLink]) -> dict[str, tuple[int, str]]:
    """Return a height and a label for each application that fits."""
    room = _MOST_POINTS - 1 - len(shared)
    places: dict[str, tuple[int, str]] = {}
    for link in shared:
        for each in link.interviews:
            if each.interview_id not in places and len(places) < room:
                label = each.name or f"{each.receipt_no}/{each.receipt_year}"
                y = _MARGIN + len(places) * _ROW + _ROW // 2
                places[each.interview_id] = (y, label)
    return places
