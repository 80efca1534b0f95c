"""A slow, plain recomputation of a report, row by row, to compare the queries with."""

from collections import Counter
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.coding import decode_answers
from checklist.loading import load
from profiling.records import Appointment, Assessment, Case, Decision, Interview, InterviewVersion
from profiling.reports.window import Window
from tests.support.rows import ZONE

_SEVERITY = {"hijau": 0, "kuning": 1, "merah": 2, "LANJUT": 0, "TUNDA": 1}


def recompute(session: Session, window: Window) -> dict[str, Any]:
    """Return the figures of the contract that need no interval."""
    rows = [row for row in _rows(session, window) if not row[0].voided]
    seconds = [
        (v.finished_at - v.started_at).total_seconds()
        for _, v, _, _ in rows
        if v.channel != "paper"
    ]
    raised, lowered = _overrides(rows)
    routed = sum(v.routed for _, v, _, _ in rows)
    return {
        "interviews": len(rows),
        "voided": sum(row[0].voided for row in _rows(session, window)),
        "coverage": _coverage(session, window),
        "completeness": sum(v.answered for _, v, _, _ in rows) / routed if routed else None,
        "bands": Counter(head.first_band for head, _, _, _ in rows),
        "papers": Counter(a.papers for _, _, a, _ in rows),
        "dispositions": Counter(h.disposition for h, _, _, _ in rows if h.disposition),
        "purposes": Counter(v.purpose for _, v, _, _ in rows),
        "destinations": Counter(v.destination for _, v, _, _ in rows if v.destination),
        "indicators": _indicators(rows),
        "median_interview_seconds": median(seconds) if seconds else None,
        "overrides": {"raised": raised, "lowered": lowered},
        "cases": _cases(session, window),
        "sexes": Counter(v.sex for _, v, _, _ in rows),
        "ages": Counter(_age_band(v.birth_date, h.sealed_on) for h, v, _, _ in rows),
        "villages": Counter(v.village for _, v, _, _ in rows if v.village),
    }


def _rows(session: Session, window: Window) -> list[Any]:
    first, last = window.days
    query = (
        select(Interview, InterviewVersion, Assessment, Decision)
        .join(InterviewVersion, InterviewVersion.interview_id == Interview.id)
        .join(Assessment, Assessment.version_id == InterviewVersion.id)
        .outerjoin(Decision, Decision.interview_id == Interview.id)
        .where(InterviewVersion.version == 1)
    )
    return [
        row
        for row in session.execute(query).all()
        if row[0].office in window.offices
        and first <= row[0].sealed_at.astimezone(ZONE).date() <= last
    ]


def _coverage(session: Session, window: Window) -> float | None:
    first, last = window.days
    sealed = {head.application_no for head in session.scalars(select(Interview)) if not head.voided}
    expected = [
        a.application_no
        for a in session.scalars(select(Appointment))
        if a.office in window.offices
        and first <= a.slot_on <= last
        and not a.is_walk_in
        and a.status not in ("batal", "tidak_hadir")
    ]
    return sum(number in sealed for number in expected) / len(expected) if expected else None


def _indicators(rows: list[Any]) -> dict[str, dict[str, int]]:
    words = {"ya": "ya", "ejaan": "ya", "identitas_berbeda": "ya", "td": "td"}
    counts = {code: {"ya": 0, "tidak": 0, "td": 0} for code in load().questions}
    for _, version, _, _ in rows:
        for code, answer in decode_answers(version.answers_coded, load().questions).items():
            counts[code][words.get(answer, "tidak")] += 1
    return counts


def _overrides(rows: list[Any]) -> tuple[int, int]:
    raised = lowered = 0
    for head, _, assessment, decision in rows:
        if decision is None or decision.disposition == "BATAL":
            continue
        decided = _SEVERITY.get(decision.disposition, 2)
        for_papers = decision.reason_code == "BERKAS" or (
            decision.reason_code is None and assessment.papers == "tunda"
        )
        if head.first_band == "hijau" and decision.disposition == "TUNDA" and for_papers:
            continue
        raised += decided > _SEVERITY[head.first_band]
        lowered += decided < _SEVERITY[head.first_band]
    return raised, lowered


def _cases(session: Session, window: Window) -> dict[str, Any]:
    first, last = window.days
    seen = min(last, window.today)
    cases = [c for c in session.scalars(select(Case)) if c.office in window.offices]
    known = [c for c in cases if c.opened_at.astimezone(ZONE).date() <= seen]
    still = [c for c in known if c.closed_on is None or c.closed_on > seen]
    closed = [c for c in cases if c.closed_on and first <= c.closed_on <= last]
    return {
        "opened": sum(first <= c.opened_at.astimezone(ZONE).date() <= last for c in cases),
        "closed": len(closed),
        "open": len(still),
        "overdue": sum(c.due_on < seen for c in still),
        "outcomes": Counter(c.outcome for c in closed),
        "precision": _found(closed, "merah"),
        "audit": _found(closed, "baca_ulang"),
    }


def _found(closed: list[Any], origin: str) -> tuple[int, int]:
    concluded = [c for c in closed if c.origin == origin and c.outcome != "PERLU-BAKET"]
    return sum(c.outcome.startswith("INDIKASI") for c in concluded), len(concluded)


def _age_band(born: date, on: date) -> str:
    years = 0
    while _birthday(born, years + 1) <= on:
        years += 1
    bands = ((18, "0-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (60, "45-59"))
    return next((name for below, name in bands if years < below), "60+")


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
