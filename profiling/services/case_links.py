"""What an application shares with others, one step away and inside the reader's scope."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from checklist.loading import load
from profiling import clock
from profiling.records import Case, Interview, InterviewVersion, ThirdParty
from profiling.records.scoping import within
from profiling.security.access import Actor
from profiling.services import watchlist
from profiling.services.case_list import case_number
from profiling.services.case_views import CaseLink, Confidence, LinkedInterview, LinkKind
from profiling.services.current_versions import applicant_names
from profiling.services.history import licensed_keys
from profiling.services.interview_views import VersionView
from profiling.services.office_time import today_of, zone_of
from profiling.services.watchlist import EntryView

_MOST_LISTED = 30
_VERIFIED = frozenset({LinkKind.NIK, LinkKind.HOUSEHOLD, LinkKind.PHONE})


@dataclass(frozen=True, slots=True)
class _Key:
    """One thing by which other applications are looked for."""

    kind: LinkKind
    digest: bytes
    value: str
    column: InstrumentedAttribute[Any]
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom links are looked up, and from which interview."""

    actor: Actor
    interview_id: str
    is_blind: bool


def links_of(session: Session, reader: Reader, version: VersionView) -> tuple[CaseLink, ...]:
    """Return what this version shares with other applications; each with its count first.

    A blind reading does not learn of the watch list, for a hit alone decides the band.
    """
    today = today_of(session)
    licensed = licensed_keys(session, load(version.instrument_version), today)
    links = []
    for key in _keys(session, version):
        if key.digest in licensed:
            continue
        watched = () if reader.is_blind else _watched(session, reader.actor, key, today)
        rows = _matches(session, reader, key)
        if rows or watched:
            links.append(_link(session, key, rows, watched))
    return tuple(links)


def _keys(session: Session, version: VersionView) -> Iterator[_Key]:
    row = session.get_one(InterviewVersion, version.id)
    person = version.applicant
    if row.phone_idx is not None:
        yield _Key(LinkKind.PHONE, row.phone_idx, person.phone or "", InterviewVersion.phone_idx)
    parties = session.scalars(
        select(ThirdParty).where(ThirdParty.version_id == version.id).order_by(ThirdParty.position)
    )
    for party, view in zip(parties, version.third_parties, strict=True):
        if party.phone_idx is not None:
            yield _Key(
                LinkKind.THIRD_PHONE,
                party.phone_idx,
                view.phone or "",
                ThirdParty.phone_idx,
                view.role,
            )
        if party.licence_idx is not None:
            yield _Key(
                LinkKind.THIRD_LICENCE,
                party.licence_idx,
                view.licence or "",
                ThirdParty.licence_idx,
                view.role,
            )
    if person.kk_number:
        household = InterviewVersion.household_idx
        yield _Key(LinkKind.HOUSEHOLD, row.household_idx, person.kk_number, household)
    if row.nik_idx is not None:
        yield _Key(LinkKind.NIK, row.nik_idx, person.nik or "", InterviewVersion.nik_idx)


def _matches(session: Session, reader: Reader, key: _Key) -> Sequence[Any]:
    source = key.column.class_
    return session.execute(
        select(
            Interview,
            source.household_idx.label("household"),
            source.sealed_at.label("seen_at"),
        )
        .join(source, source.interview_id == Interview.id)
        .where(
            key.column == key.digest,
            Interview.id != reader.interview_id,
            Interview.voided.is_(False),
            within(reader.actor, Interview.office),
        )
        .order_by(Interview.sealed_at.desc(), Interview.id)
    ).all()


def _link(
    session: Session, key: _Key, rows: Sequence[Any], watched: tuple[EntryView, ...]
) -> CaseLink:
    zone = zone_of(session)
    interviews = list({row.Interview.id: row.Interview for row in rows}.values())
    last = max((row.seen_at for row in rows), default=None)
    return CaseLink(
        kind=key.kind,
        value=key.value,
        role=key.role,
        households=len({row.household for row in rows}),
        applications=len(interviews),
        last_seen=clock.local_date(last, zone) if last else watched[0].valid_from,
        confidence=Confidence.VERIFIED if key.kind in _VERIFIED else Confidence.STATED,
        interviews=_linked(session, interviews[:_MOST_LISTED]),
        watched=watched,
    )


def _linked(session: Session, interviews: Sequence[Interview]) -> tuple[LinkedInterview, ...]:
    ids = [interview.id for interview in interviews]
    cases = {
        case.interview_id: case
        for case in session.scalars(
            select(Case).where(Case.interview_id.in_(ids)).order_by(Case.opened_at.desc())
        )
    }
    # An analyst may read the names where there is a case.
    names = applicant_names(session, [each for each in interviews if each.id in cases])
    return tuple(
        LinkedInterview(
            interview_id=interview.id,
            receipt_no=interview.receipt_no,
            receipt_year=interview.receipt_year,
            sealed_on=interview.sealed_on,
            office=interview.office,
            case_id=cases[interview.id].id if interview.id in cases else None,
            case_number=case_number(cases[interview.id]) if interview.id in cases else None,
            name=names.get(interview.id),
        )
        for interview in interviews
    )


def _watched(session: Session, actor: Actor, key: _Key, on: date) -> tuple[EntryView, ...]:
    if key.kind not in (LinkKind.THIRD_PHONE, LinkKind.THIRD_LICENCE):
        return ()
    is_phone = key.kind is LinkKind.THIRD_PHONE
    found = watchlist.hits(
        session,
        phones=[key.value] if is_phone else [],
        licences=[] if is_phone else [key.value],
        on=on,
    )
    return tuple(entry for entry in found if actor.covers(entry.office))
