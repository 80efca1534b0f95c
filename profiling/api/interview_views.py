"""An interview as an answer: sentences for an officer, points for an analyst."""

from collections.abc import Mapping
from typing import Any

from checklist.loading import load
from checklist.vocabulary import VersionKind
from profiling.security.access import Actor, Role
from profiling.services.case_explanation import explain
from profiling.services.interview_views import AssessmentView, InterviewView, VersionView
from profiling.services.readings import Reading
from profiling.services.reasons import Heard, for_officer


def as_read(reading: Reading, actor: Actor) -> dict[str, Any]:
    """Return what this person gets to read of the interview."""
    view, proof = reading.view, reading.proof
    content = {
        "id": view.id,
        "version": view.version,
        "audit_seq": proof.seq,
        "audit_hash": proof.mac,
        "receipt": view.receipt_no,
        "application_no": view.application_no,
        "office": view.office,
        "sealed_at": view.sealed_at.isoformat(),
        "state": view.state,
        "voided": view.voided,
        "papers": view.papers,
    }
    version = _answered(view)
    if view.is_blind or version.assessment is None:
        return content | {"answers": dict(version.answers)}
    content |= _standing(view) | _result(version, version.assessment, actor.locale)
    if actor.role is Role.SUPERVISOR:
        content["outcome"] = reading.outcome
    if actor.role is Role.ANALYST:
        content |= _for_analyst(view, version, version.assessment, actor.locale)
    return content


def _standing(view: InterviewView) -> dict[str, Any]:
    return {
        "disposition": view.disposition,
        "awaiting": view.awaiting,
        "tunda_until": view.tunda_until and view.tunda_until.isoformat(),
    }


def _result(version: VersionView, assessment: AssessmentView, lang: str) -> dict[str, Any]:
    heard = Heard(assessment.fired, version.answers, version.notes)
    reasons = for_officer(heard, instrument=load(version.instrument_version), lang=lang)
    return {
        "band": assessment.band,
        "band_max": assessment.band_max,
        "papers": assessment.papers,
        "reasons": [reason.as_json() for reason in reasons],
        "next_question": assessment.next_question,
        "ruleset": assessment.rules_version,
        "model": None,
    }


def _for_analyst(
    view: InterviewView, version: VersionView, assessment: AssessmentView, lang: str
) -> dict[str, Any]:
    return {
        "reasons": _with_points(version, assessment, lang),
        "answers": dict(version.answers),
        "dimensions": dict(assessment.points),
        "fired": list(assessment.fired),
        "officer_judgement": version.judgement,
        "judgement_reason": version.judgement_reason,
        "decisions": [
            {
                "sequence": each.sequence,
                "kind": each.kind,
                "disposition": each.disposition,
                "reason": each.reason,
                "reason_code": each.reason_code,
                "role": each.role,
                "person": each.person_name,
                "decided_at": each.decided_at.isoformat(),
            }
            for each in view.decisions
        ],
    }


def _with_points(
    version: VersionView, assessment: AssessmentView, lang: str
) -> list[Mapping[str, Any]]:
    explanation = explain(version, instrument=load(version.instrument_version), lang=lang)
    dimensions = explanation.dimensions if explanation else ()
    return [
        {"code": fact.code, "text": fact.text, "points": fact.points}
        for dimension in dimensions
        for fact in dimension.facts
        if fact.code in assessment.fired and fact.adjustment is None
    ]


def _answered(view: InterviewView) -> VersionView:
    """Return the newest version with a result: a voiding one has none."""
    kept = [each for each in view.versions if each.kind != VersionKind.BATAL]
    return kept[-1] if kept else view.current
