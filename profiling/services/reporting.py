"""Reports: one period of the offices that a person may see, as figures, sheet or rows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from profiling import clock
from profiling.errors import NotFound, sentence
from profiling.records import Assessment, Interview, InterviewVersion
from profiling.reports.interviews import FIRST_VERSION
from profiling.reports.monthly import as_json, build_report, measure_headline
from profiling.reports.periods import Kind, Period, containing, parse
from profiling.reports.rows import HEADS, Plain, lines_of
from profiling.reports.sheet import Circumstances, Compared, Sheet, sheet_of
from profiling.reports.sources import measure_sources
from profiling.reports.trends import measure_trends
from profiling.reports.window import Window
from profiling.security.access import Actor, Permission, Role, Scope, system_actor
from profiling.services import offices, site
from profiling.services.office_time import today_of, zone_of
from profiling.services.offices import OfficeView


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for: a period as in an address, an office code or None, a language."""

    period: str
    office: str | None = None
    lang: str = "id"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with where to go from it."""

    sheet: Sheet
    period: str
    office: str | None
    offices: tuple[OfficeView, ...]
    may_see_all: bool
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]


def current_period(session: Session) -> str:
    """Return the month in which we are."""
    return containing(today_of(session), Kind.MONTH).code


def operator() -> Actor:
    """Return who runs the command line: the service itself, reading as a head of office does."""
    return replace(system_actor(), role=Role.SUPERVISOR)


def check_period(text: str) -> None:
    """Raise Invalid when the text names no period."""
    parse(text)


def report_figures(session: Session, actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return the report in the words of the contract."""
    window, office = _look(session, actor, asked)
    return as_json(build_report(session, window, office))


def report_table(
    session: Session, actor: Actor, asked: Asked
) -> tuple[tuple[str, ...], tuple[tuple[Plain, ...], ...]]:
    """Return the report as a head and rows for a table file."""
    window, office = _look(session, actor, asked)
    return HEADS, lines_of(build_report(session, window, office), asked.lang)


def report_sheet(session: Session, actor: Actor, asked: Asked) -> Sheet:
    """Return the report as somebody reads it, beside the earlier periods."""
    window, office = _look(session, actor, asked)
    period = window.period
    compared = Compared(
        report=build_report(session, window, office),
        previous=measure_headline(session, window.of(period.previous)),
        last_year=measure_headline(session, window.of(period.last_year)),
        trends=measure_trends(session, window),
    )
    circumstances = Circumstances(
        office=_office_words(session, actor, office),
        rules=_rules_in_force(session, window),
        sources=measure_sources(session, window),
        made_at=window.now,
        zone=window.zone,
        is_running=not period.has_ended(window.today),
        is_simulated=site.is_simulated(session),
    )
    return sheet_of(compared, circumstances, asked.lang)


def report_page(session: Session, actor: Actor, asked: Asked) -> ReportPage:
    """Return the report with its neighbours and the offices to choose from."""
    sheet = report_sheet(session, actor, asked)
    period = parse(asked.period)
    today = today_of(session)
    day = min(period.last, max(period.first, today))
    others = [kind for kind in Kind if kind is not period.kind]
    return ReportPage(
        sheet=sheet,
        period=period.code,
        office=_chosen(session, actor, asked.office),
        offices=tuple(offices.list_offices(session, actor.offices)),
        may_see_all=actor.scope != Scope.OFFICE,
        before=_links([period.previous], today, asked.lang),
        after=_links([period.following], today, asked.lang),
        kinds=_links([containing(day, kind) for kind in others], today, asked.lang),
    )


def _links(periods: list[Period], today: date, lang: str) -> tuple[tuple[str, str], ...]:
    """Name those of the periods that have begun."""
    begun = [period for period in periods if period.first <= today]
    return tuple((period.code, period.label(lang)) for period in begun)


def _look(session: Session, actor: Actor, asked: Asked) -> tuple[Window, str | None]:
    actor.require(Permission.REPORT_READ)
    period = parse(asked.period)
    office = _chosen(session, actor, asked.office)
    if office is None:
        covered = {view.code for view in offices.list_offices(session, actor.offices)}
    else:
        covered = set(offices.with_sub_units(session, office))
    return Window(period, tuple(sorted(covered)), zone_of(session), clock.now()), office


def _chosen(session: Session, actor: Actor, office: str | None) -> str | None:
    """Return the office to report on; one outside the scope looks like a missing one."""
    if not office:
        return actor.office if actor.scope == Scope.OFFICE else None
    known = {view.code for view in offices.list_offices(session, actor.offices)}
    if office not in known:
        raise NotFound(sentence("This office code is not known."))
    return office


def _office_words(session: Session, actor: Actor, office: str | None) -> str:
    if office is None:
        return actor.region or ", ".join(
            view.name for view in offices.list_offices(session, actor.offices) if not view.parent
        )
    views = offices.list_offices(session, offices.with_sub_units(session, office))
    main = next(view.name for view in views if view.code == office)
    below = [view.name for view in views if view.code != office]
    return ", ".join((main, *below))


def _rules_in_force(session: Session, window: Window) -> tuple[str, ...]:
    query = (
        select(Assessment.rules_version)
        .distinct()
        .select_from(Interview)
        .join(InterviewVersion, FIRST_VERSION)
        .join(Assessment, Assessment.version_id == InterviewVersion.id)
        .where(window.first_sealed)
    )
    return tuple(sorted(session.scalars(query)))
