"""What the interview page shows: the sheet, the identity, and what the scripts need to route."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import render_template

from checklist.conditions import condition_as_json
from checklist.instrument import Instrument
from checklist.loading import load
from checklist.nik import Nik, NikError, read_nik, warning_sentence
from checklist.regions import Region, districts, find_region, regencies, villages
from checklist.routing import routing_tables
from checklist.vocabulary import Dimension, Judgement, PassportService, Purpose, Sex, ThirdPartyRole
from forms.countries import in_order
from forms.dates import UNKNOWN, Side, read_date
from forms.interview_rows import Option
from forms.interview_sheet import Reader, sheet_of
from forms.interview_state import State, iso, party_numbers
from profiling.services.appointment_rows import Booking
from profiling.services.drafts import DraftView
from profiling.views.formatting import clock_time, today, weekday_date
from profiling.views.frame.language import language
from profiling.views.texts import gettext

NOTICE_VERSION = "2026-11"
"""The wording of the privacy notice in force; recorded with every interview."""

_DATE_FIELDS = {
    "departure_date": Side.AHEAD,
    "applicant.birth_date": Side.BEHIND,
    "passport.issued": Side.BEHIND,
    "passport.event_date": Side.BEHIND,
}


@dataclass(frozen=True, slots=True)
class Showing:
    """One showing of the page: what stands on it, and what is to be put right."""

    state: State = field(repr=False)
    revision: int
    errors: Mapping[str, str] = field(default_factory=dict)
    is_stale: bool = False
    parties: int = 0


def prefilled(booking: Booking) -> dict[str, str]:
    """Return what the booking system knew, as fields of the page."""
    village = booking.village or ""
    known = {
        "purpose": booking.purpose,
        "applicant.nik": booking.nik,
        "applicant.name": booking.name,
        "applicant.birth_date": iso(booking.birth_date),
        "applicant.sex": booking.sex,
        "applicant.phone": booking.phone,
        "applicant.kk_number": booking.kk_number,
        "applicant.mother_name": booking.mother_name,
        "applicant.regency": village[: len("35.27")],
        "applicant.district": village[: len("35.27.01")],
        "applicant.village": village,
        "applicant.guardian": booking.guardian,
        "passport.service": booking.passport_service,
        "passport.issued": iso(booking.passport_issued),
        "passport.event_date": iso(booking.passport_event_date),
    }
    return {name: text for name, text in known.items() if text}


def interview_page(draft: DraftView, showing: Showing) -> str:
    """Render the page."""
    instrument = load(draft.instrument_version)
    state, lang, day = showing.state, language(), today()
    sheet = sheet_of(state, instrument, Reader(lang, day))
    return render_template(
        "interviews/page.html",
        draft=draft,
        showing=showing,
        state=state,
        error=showing.errors,
        errors=[
            (name, _at(name, words, instrument, lang)) for name, words in showing.errors.items()
        ],
        sheet=sheet,
        judgements=[Option(str(each), each.label(lang)) for each in Judgement],
        numbers=_party_numbers(state, showing.parties),
        echoes=echoes(state, day),
        hints=hints(state, lang),
        lists=lists(state, lang),
        tables=tables(instrument, lang, day),
        words=_words(),
        today=day,
        saved_at=clock_time(draft.updated_at) if draft.revision else "",
        notice_version=NOTICE_VERSION,
    )


def echoes(state: State, day: date) -> dict[str, str]:
    """Say each date that was typed in words, or that it cannot be read."""
    said = {}
    for name, side in _DATE_FIELDS.items():
        typed = state.get(name, "")
        if typed == UNKNOWN:
            said[name] = gettext("No date yet")
        elif typed:
            found = read_date(typed, today=day, side=side)
            said[name] = (
                weekday_date(found)
                if found
                else gettext("The date could not be read. Example: 20-12-2026.")
            )
    return said


def hints(state: State, lang: str) -> dict[str, str]:
    """Say what to read again on the identity card; never a refusal."""
    typed = state.get("applicant.nik", "").replace(" ", "")
    if not typed:
        return {}
    try:
        number = read_nik(typed)
    except NikError as problem:
        return {"applicant.nik": problem.sentence(lang)}
    said = " ".join(warning_sentence(each, lang) for each in _warnings(number, state))
    return {"applicant.nik": said} if said else {}


def tables(instrument: Instrument, lang: str, day: date) -> dict[str, Any]:
    """Return what the scripts route by: no points, no limits of the score."""
    routing: Any = routing_tables(instrument)
    limits: Any = instrument.content["limits"]
    return {
        **routing,
        "computed": [
            {
                "code": item.code,
                "purposes": sorted(item.purposes),
                "applies_if": condition_as_json(item.applies_if),
                "fires_when": condition_as_json(item.fires_when),
                "empty": item.assumed_when_empty,
            }
            for item in instrument.indicators.values()
            if not item.is_asked and item.dimension == Dimension.TP
        ],
        "stay_limits": limits["stay_limit"],
        "closed": sorted(instrument.closed_placements(day)),
        "papers": [
            {"code": paper.code, "purpose": paper.purpose, "group": paper.group or paper.code}
            for paper in instrument.papers
            if paper.is_obligatory and paper.validity.covers(day)
        ],
        "countries": [
            [c, instrument.countries[c].of(lang)] for c in in_order(instrument.countries)
        ],
    }


def places_in(parent: str) -> list[Region]:
    """Return the districts of a regency, or the villages of a district."""
    return [place for place in (*districts(), *villages()) if place.parent == parent]


def lists(state: State, lang: str) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of each list field."""
    return {
        "purpose": [(str(each), each.label(lang)) for each in Purpose],
        "sex": [(str(each), each.label(lang)) for each in Sex],
        "role": [(str(each), each.label(lang)) for each in ThirdPartyRole],
        "service": [(str(each), each.label(lang)) for each in PassportService],
        "regency": [(place.code, place.name) for place in regencies()],
        "district": _places(state, "regency", "district"),
        "village": _places(state, "district", "village"),
    }


def _warnings(number: Nik, state: State) -> tuple[Any, ...]:
    born = read_date(state.get("applicant.birth_date", ""), today=today(), side=Side.BEHIND)
    sex = state.get("applicant.sex", "")
    return number.warnings(birth_date=born, sex=Sex(sex) if sex in set(Sex) else None)


def _at(name: str, words: str, instrument: Instrument, lang: str) -> str:
    """Say in the summary which answer a note belongs to."""
    item = instrument.indicators.get(name.removeprefix("notes."))
    if not name.startswith("notes.") or item is None:
        return words
    fact = item.screen.fact_ya.of(lang)
    return f"{words.rstrip('.')}: {fact[:1].lower()}{fact[1:]}"


def _party_numbers(state: State, least: int) -> list[int]:
    numbers = party_numbers(state)
    return numbers if len(numbers) >= least else list(range(least))


def _places(state: State, parent: str, level: str) -> list[tuple[str, str]]:
    """Return what is left to choose; of a choice that was made, only the place itself."""
    chosen = find_region(state.get(f"applicant.{level}", ""))
    if chosen is not None:
        return [(chosen.code, chosen.name)]
    return [(place.code, place.name) for place in places_in(state.get(f"applicant.{parent}", ""))]


def _words() -> dict[str, str]:
    """Return the sentences that the scripts say."""
    return {
        "saving": gettext("Saving"),
        "saved": gettext("Saved {time}"),
        "kept": gettext("Saved on the device"),
        "unsaved": gettext("Not saved yet"),
        "failed": gettext(
            "Not saved on the server yet. The answers are saved on this device. "
            "They are sent again by themselves."
        ),
        "recovered": gettext("Online again. All answers are saved."),
        "waiting": gettext("Waiting for the network"),
        "seal": gettext("Seal answers"),
        "unread": gettext("The date could not be read. Example: 20-12-2026."),
        "undated": gettext("No date yet"),
        "unlisted": gettext("Country not found. Type two letters of its name."),
        "unknown": gettext("Not known yet"),
        "count": gettext("{answered} of {asked} answered"),
        "unknowns": gettext("{count} not known yet"),
        "notes": gettext("{count} notes"),
        "unused": gettext("{count} answers are kept but not used"),
        "letters": gettext("{count} of 500 letters"),
        "noted": gettext("Note written"),
        "guide": gettext("Guidance"),
        "extra": gettext("Press 4 or 5 for one of the two kinds of Yes."),
        "locked": gettext("The password does not match. Try again."),
        "ended": gettext("Your session has ended. Sign in again; the draft stays."),
        "place": gettext("not known yet"),
        "child": gettext("Child"),
        "years": gettext("{age} years"),
    }
