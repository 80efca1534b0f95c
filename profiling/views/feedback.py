"""The officer's own feedback as the page shows it: sentences, figures, and dots over a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from profiling import database
from profiling.security.access import Actor, Permission
from profiling.services import feedback
from profiling.services.feedback import Feedback, Followed
from profiling.views import case_words
from profiling.views.formatting import number, percent
from profiling.views.texts import gettext

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 360, 120, 12, 10, 100
_STEP = 30
_MOST_FOLLOWED = 20


@dataclass(frozen=True, slots=True)
class Dot:
    """One month: the officer's own figure, and the office's middle half."""

    x: int
    y: int | None
    shade: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One month as a line of the table beside the dots."""

    month: date
    own: str
    office: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over twelve months."""

    name: str
    title: str
    dots: tuple[Dot, ...]
    rows: tuple[Row, ...]
    width: int = _WIDTH
    height: int = _HEIGHT


@dataclass(frozen=True, slots=True)
class Section:
    """All that the page shows."""

    followed: tuple[tuple[Followed, str], ...]
    left_out: int
    figures: tuple[Figure, ...]
    shown: Feedback


def section_of(actor: Actor) -> Section | None:
    """Return the person's own feedback; None for roles that conduct no interviews."""
    if not actor.may(Permission.FEEDBACK_READ):
        return None
    with database.current().reading() as reading:
        found = feedback.own_feedback(reading, actor)
    months = found.months
    return Section(
        followed=tuple((each, _sentence(each)) for each in found.followed[:_MOST_FOLLOWED]),
        left_out=max(0, len(found.followed) - _MOST_FOLLOWED),
        figures=(
            _figure(
                "interviews",
                gettext("Interviews"),
                [(m.month, m.interviews, m.office_interviews) for m in months],
                whole=True,
            ),
            _figure(
                "complete",
                gettext("Answered ya or tidak"),
                [(m.month, m.complete, m.office_complete) for m in months],
                whole=False,
            ),
            _figure(
                "unknown",
                gettext("Not known yet"),
                [(m.month, m.unknown, m.office_unknown) for m in months],
                whole=False,
            ),
        ),
        shown=found,
    )


def _sentence(each: Followed) -> str:
    if each.outcome is None:
        return gettext("Being read by the intelligence section.")
    return case_words.feedback(each.outcome)


def _figure(
    name: str,
    title: str,
    values: Sequence[tuple[date, float | None, tuple[float, float] | None]],
    *,
    whole: bool,
) -> Figure:
    highest = [own for _, own, _ in values if own is not None]
    highest += [half[1] for _, _, half in values if half is not None]
    top = (max(highest, default=0) or 1) if whole else 1.0

    def height(value: float) -> int:
        return round(_BOTTOM - value / top * (_BOTTOM - _TOP))

    def word(value: float) -> str:
        return number(value) if whole else percent(value)

    return Figure(
        name=name,
        title=title,
        dots=tuple(
            Dot(
                x=_LEFT + place * _STEP,
                y=None if own is None else height(own),
                shade=None if half is None else (height(half[1]), height(half[0])),
            )
            for place, (_, own, half) in enumerate(values)
        ),
        rows=tuple(
            Row(
                month,
                "" if own is None else word(own),
                "" if half is None else f"{word(half[0])} - {word(half[1])}",
            )
            for month, own, half in values
        ),
    )
