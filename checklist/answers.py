"""Checking what was handed in: the one validator of the API, the pages and the paper form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from checklist import fields
from checklist.answer_sheet import check_sheet, read_given
from checklist.facts import Facts, age_on, missing_documents
from checklist.fields import Fields, Problems
from checklist.instrument import Instrument
from checklist.nik import Nik
from checklist.routing import Situation
from checklist.submission import (
    Applicant,
    Journey,
    Passport,
    Submission,
    ThirdParty,
    Visit,
)
from checklist.vocabulary import (
    Channel,
    Judgement,
    PaperState,
    PassportService,
    Purpose,
    Sex,
    ThirdPartyRole,
)

MAX_AGE = 120
MAX_STAY = 3650
MAX_PARTIES = 20
REASON_LIMIT = 500
_CLOCK_DRIFT = timedelta(hours=24)
_LONGEST = timedelta(hours=24)


class RefusedSubmissionError(ValueError):
    """What was handed in cannot be sealed; `problems` holds the sentences by field."""

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        super().__init__(f"{len(problems)} fields need attention")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Checks:
    """What a payload is checked against."""

    instrument: Instrument
    at: datetime
    every_paper: bool = False


def validate_submission(payload: object, *, checks: Checks, lang: str = "id") -> Submission:
    """Return the interview handed in, or refuse it naming every field that needs attention.

    `checks.at` is now, in the office's time zone: the interview date is read in that zone.
    """
    problems = Problems(lang)
    form = Fields(payload, "", problems)
    submission = None if problems.found else _read(form, checks)
    if problems.found or submission is None:
        raise RefusedSubmissionError(problems.found)
    return submission


def validate_draft(payload: object, *, checks: Checks, lang: str = "id") -> dict[str, list[str]]:
    """Return what cannot be kept even in a draft: unknown fields, wrong kinds, too long texts."""
    problems = Problems(lang)
    form = Fields(payload, "", problems)
    if not problems.found:
        _read(form, checks)
    return problems.shape


def _read(form: Fields, checks: Checks) -> Submission | None:
    instrument = checks.instrument
    visit = _visit(form, checks)
    on = visit.interview_date if visit else checks.at.date()
    applicant = _applicant(form, on)
    journey = _journey(form, instrument)
    passport = _passport(form)
    parties = _third_parties(form)
    judgement, reason = _judgement(form)
    version = form.take("instrument", fields.text(60)) or instrument.version
    if version != instrument.version:
        form.problems.add("instrument", "other_instrument")
    given = read_given(form, instrument)
    form.refuse_others()
    if visit is None or applicant is None or journey is None:
        return None
    papers = instrument.papers_for(journey.purpose, on)
    facts = Facts(
        purpose=journey.purpose,
        interview_date=on,
        age=age_on(applicant.birth_date, on),
        destination=journey.destination,
        stay_days=journey.stay_days,
        missing_documents=missing_documents(papers, journey.documents),
    )
    if checks.every_paper:
        _check_papers(form.problems, journey, instrument, on)
    situation = Situation(facts, journey.departure_date)
    sheet = check_sheet(given, situation, instrument=instrument, problems=form.problems)
    if judgement is None:
        return None
    number = applicant.nik and Nik(applicant.nik)
    return Submission(
        instrument=version,
        visit=visit,
        applicant=applicant,
        journey=journey,
        passport=passport,
        third_parties=parties,
        sheet=sheet,
        judgement=judgement,
        judgement_reason=reason,
        warnings=number.warnings(birth_date=applicant.birth_date, sex=applicant.sex)
        if number
        else (),
    )


def _visit(form: Fields, checks: Checks) -> Visit | None:
    office = form.take("office", fields.text(20), required=True)
    application_no = form.take("application_no", fields.text(40))
    channel = form.take("channel", _CHANNEL, required=True)
    started = form.take("started_at", fields.moment, required=True)
    finished = form.take("finished_at", fields.moment, required=True)
    companion = form.take("companion", fields.yes_or_no)
    interpreter = form.take("interpreter", fields.yes_or_no)
    notice_version = form.take("notice_version", fields.text(40))
    if started is None or finished is None:
        return None
    _check_times(form.problems, started, finished, checks.at)
    if office is None or channel is None:
        return None
    return Visit(
        office=office,
        application_no=application_no,
        channel=channel,
        started_at=started,
        finished_at=finished,
        interview_date=started.astimezone(checks.at.tzinfo).date(),
        companion=companion,
        interpreter=interpreter,
        notice_version=notice_version,
    )


def _check_times(problems: Problems, started: datetime, finished: datetime, at: datetime) -> None:
    if finished < started:
        problems.add("finished_at", "ends_before_start")
    elif finished - started > _LONGEST:
        problems.add("finished_at", "too_long_interview")
    if finished > at + _CLOCK_DRIFT:
        problems.add("finished_at", "in_future")


def _applicant(form: Fields, on: date) -> Applicant | None:
    person = form.inside("applicant")
    name = person.take("name", fields.person_name, required=True)
    birth_date = person.take("birth_date", fields.iso_date, required=True)
    sex = person.take("sex", _SEX, required=True)
    optional = {name: person.take(name, reader) for name, reader in _PERSON.items()}
    person.refuse_others()
    _check_regions(form.problems, optional)
    if birth_date is None or not _is_plausible_birth(form.problems, birth_date, on):
        return None
    if name is None or sex is None:
        return None
    return Applicant(name=name, birth_date=birth_date, sex=sex, **optional)


def _check_regions(problems: Problems, person: Mapping[str, str | None]) -> None:
    for inner, outer in (("district", "regency"), ("village", "district"), ("village", "regency")):
        place, around = person[inner], person[outer]
        if place and around and not place.startswith(f"{around}."):
            problems.add(f"applicant.{inner}", "region_outside")
            return


def _is_plausible_birth(problems: Problems, birth_date: date, on: date) -> bool:
    if birth_date > on:
        problems.add("applicant.birth_date", "born_later")
    elif age_on(birth_date, on) > MAX_AGE:
        problems.add("applicant.birth_date", "too_old", limit=MAX_AGE)
    else:
        return True
    return False


def _journey(form: Fields, instrument: Instrument) -> Journey | None:
    purpose = form.take("purpose", _PURPOSE, required=True)
    destination = form.take("destination", _country(instrument))
    departure_date = form.take("departure_date", fields.iso_date)
    stay_days = form.take("stay_days", fields.whole(0, MAX_STAY))
    papers = form.inside("documents", required=True)
    states = papers.take_given(dict.fromkeys(instrument.paper_codes, _PAPER_STATE))
    papers.refuse_others("unknown_paper")
    if purpose is None:
        return None
    return Journey(purpose, destination, departure_date, stay_days, dict(sorted(states.items())))


def _check_papers(problems: Problems, journey: Journey, instrument: Instrument, on: date) -> None:
    for paper in instrument.papers_for(journey.purpose, on):
        if paper.code not in journey.documents:
            label = paper.label.of(problems.lang)
            problems.add(f"documents.{paper.code}", "missing_paper", paper=label)


def _passport(form: Fields) -> Passport | None:
    given = form.inside("passport")
    if not given.values:
        return None
    service = given.take("service", _SERVICE, required=True)
    issued = given.take("issued", fields.iso_date)
    event_date = given.take("event_date", fields.iso_date)
    replacements = given.take("replacements_5y", fields.whole(0, 99))
    given.refuse_others()
    if issued and event_date and event_date < issued:
        form.problems.add("passport.event_date", "issued_later")
    return Passport(service, issued, event_date, replacements) if service else None


def _third_parties(form: Fields) -> tuple[ThirdParty, ...]:
    listed = form.take("third_parties", fields.entries(MAX_PARTIES)) or []
    parties = []
    for place, entry in enumerate(listed):
        given = Fields(entry, f"third_parties.{place}.", form.problems)
        role = given.take("role", _ROLE, required=True)
        optional = {name: given.take(name, reader) for name, reader in _PARTY.items()}
        given.refuse_others()
        if role is not None:
            parties.append(ThirdParty(role=role, **optional))
    return tuple(parties)


def _judgement(form: Fields) -> tuple[Judgement | None, str | None]:
    judgement = form.take("officer_judgement", _JUDGEMENT, required="judgement")
    reason = form.take("judgement_reason", fields.text(REASON_LIMIT, lines=True))
    if judgement not in {None, Judgement.LANJUT} and reason is None:
        form.problems.add("judgement_reason", "judgement_reason")
    return judgement, reason


@lru_cache(maxsize=16)
def _country(instrument: Instrument) -> fields.Reader[str]:
    return fields.country(instrument.countries)


_CHANNEL = fields.word(Channel)
_SEX = fields.word(Sex)
_PURPOSE = fields.word(Purpose)
_PAPER_STATE = fields.word(PaperState)
_SERVICE = fields.word(PassportService)
_ROLE = fields.word(ThirdPartyRole)
_JUDGEMENT = fields.word(Judgement)
_PERSON: Mapping[str, fields.Reader[str]] = {
    "nik": fields.nik,
    "phone": fields.phone,
    "kk_number": fields.kk_number,
    "mother_name": fields.person_name,
    "regency": fields.region(0),
    "district": fields.region(1),
    "village": fields.region(2),
    "guardian": fields.person_name,
}
_PARTY: Mapping[str, fields.Reader[str]] = {
    "name": fields.text(fields.NAME_LIMIT),
    "phone": fields.phone,
    "address": fields.text(300),
    "licence": fields.text(60),
}
