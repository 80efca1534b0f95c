"""How the simulated intelligence section reads its cases: take, find, close, read again."""

import random
from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from checklist.vocabulary import CaseOrigin, CaseState, Outcome
from profiling import clock
from profiling.records import Case
from profiling.security.access import Actor
from profiling.services import cases, watchlist
from profiling.services.cases import Closing, Finding
from profiling.services.seeding.deciding import after_review
from profiling.services.seeding.parties import recruiter_of
from profiling.services.seeding.scene import Scene, Visit
from profiling.services.seeding.world import pick

_NEGLECTED, _WAITING, _WATCHING, _UNWATCHED = 0.12, 0.14, 0.12, 0.15
_NEGLECTED_AFTER = timedelta(days=75)
_UNREAD, _UNREAD_AFTER = 0.7, timedelta(days=9)
_AGENCIES = ("BP3MI", "Disnaker", "Dukcapil", "Kemenag")
_INDICATIONS = frozenset({Outcome.INDIKASI_NP, Outcome.INDIKASI_TPPO})
_FINDINGS = (
    "Pemohon dihubungi kembali, keterangannya dicatat terpisah.",
    "Nomor pihak ketiga dibandingkan dengan permohonan lain.",
    "Keluarga pemohon ditemui bersama perangkat desa.",
    "Surat dicocokkan dengan penerbitnya.",
)
_REASONS = {
    Outcome.TIDAK_TERBUKTI: "Keterangan pemohon dan surat terbukti sesuai.",
    Outcome.INDIKASI_NP: "Pemohon mengakui rencana bekerja tanpa prosedur.",
    Outcome.INDIKASI_TPPO: "Ada pihak yang menahan dokumen dan menjerat utang.",
    Outcome.DOKUMEN_IDENTITAS: "Data identitas berbeda pada dokumen asli.",
    Outcome.PERLU_BAKET: "Keterangan belum cukup untuk menyimpulkan.",
}


def plan_reviews(scene: Scene, session: Session) -> None:
    """Plan the reading of every new case; some of the last days wait for somebody to take them."""
    fresh = session.scalars(
        select(Case)
        .where(Case.state == CaseState.BARU.value, Case.holder_id.is_(None))
        .order_by(Case.opened_at, Case.office, Case.number)
    ).all()
    for case in fresh:
        visit = scene.visits.get(case.interview_id)
        if case.id in scene.planned or visit is None:
            continue
        scene.planned.add(case.id)
        chance = scene.chance("review", case.interview_id, case.origin)
        if chance.random() < _UNREAD and clock.now() > scene.ends - _UNREAD_AFTER:
            continue
        analyst = chance.choice(visit.branch.analysts)
        take = partial(_take, scene, visit, case.id, analyst)
        scene.after_workdays(chance, take, chance.choice((0, 0, 1, 1, 2)))


def _take(scene: Scene, visit: Visit, case_id: str, analyst: Actor, session: Session) -> None:
    case = session.get_one(Case, case_id)
    if case.state != CaseState.BARU.value:
        return
    cases.take(session, analyst, case_id=case_id)
    scene.planned.discard(case_id)
    chance = scene.chance("read", visit.interview_id, case.origin)
    if chance.random() < _NEGLECTED and _is_late(scene):
        return
    find = partial(_find, scene, visit, case_id, analyst)
    scene.after_workdays(chance, find, chance.choice((0, 0, 1)))


def _is_late(scene: Scene) -> bool:
    """Whether the history is about to end, so that a case left lying stays open and overdue."""
    return clock.now() > scene.ends - _NEGLECTED_AFTER


def _find(scene: Scene, visit: Visit, case_id: str, analyst: Actor, session: Session) -> None:
    chance = scene.chance("find", visit.interview_id)
    waits = chance.random() < _WAITING
    text = chance.choice(_FINDINGS)
    agency = chance.choice(_AGENCIES) if waits else None
    cases.add_finding(session, analyst, case_id=case_id, finding=Finding(text, agency))
    if waits:
        answer = partial(_hear_back, scene, visit, case_id, analyst)
        scene.after_workdays(chance, answer, chance.randint(2, 9))
        return
    close = partial(_close, scene, visit, case_id, analyst)
    scene.after_workdays(chance, close, chance.choice((0, 1, 1, 2)))


def _hear_back(scene: Scene, visit: Visit, case_id: str, analyst: Actor, session: Session) -> None:
    text = "Jawaban instansi diterima dan dicocokkan."
    cases.add_finding(session, analyst, case_id=case_id, finding=Finding(text))
    chance = scene.chance("hear", visit.interview_id)
    close = partial(_close, scene, visit, case_id, analyst)
    scene.after_workdays(chance, close, chance.choice((0, 1)))


def _close(scene: Scene, visit: Visit, case_id: str, analyst: Actor, session: Session) -> None:
    case = session.get_one(Case, case_id)
    chance = scene.chance("close", visit.interview_id, case.origin)
    outcome = Outcome(pick(chance, scene.world.outcomes[visit.applicant.truth.code]))
    closing = Closing(outcome.value, _REASONS[outcome])
    cases.close(session, analyst, case_id=case_id, closing=closing)
    if case.origin == CaseOrigin.MERAH and outcome is Outcome.TIDAK_TERBUKTI:
        second = next(each for each in visit.branch.analysts if each.id != analyst.id)
        confirm = partial(_read_again, scene, visit, case_id, second)
        scene.after_workdays(chance, confirm, chance.choice((0, 1, 1, 2)))
        return
    after_review(scene, visit, session)
    if outcome in _INDICATIONS:
        _watch(scene, visit, analyst, chance, session)


def _read_again(scene: Scene, visit: Visit, case_id: str, second: Actor, session: Session) -> None:
    cases.confirm(session, second, case_id=case_id)
    after_review(scene, visit, session)


def _watch(
    scene: Scene, visit: Visit, analyst: Actor, chance: random.Random, session: Session
) -> None:
    """Put the recruiter whom the applicant named on the watch list; some come off it again."""
    if visit.applicant.recruiter is None or chance.random() > _WATCHING:
        return
    today = clock.today(scene.zone)
    party = recruiter_of(scene.seed, visit.branch.code, visit.applicant.recruiter, today)
    if party["phone"] in scene.watched:
        return
    scene.watched.add(party["phone"])
    new = watchlist.NewEntry(
        kind=watchlist.PHONE,
        value=party["phone"],
        label=party["name"],
        reason="Disebut pada kasus yang terbukti, menawarkan keberangkatan.",
    )
    entry_id = watchlist.add(session, analyst, new)
    if chance.random() < _UNWATCHED:
        end = partial(_unwatch, analyst, entry_id)
        scene.after_workdays(chance, end, chance.randint(30, 90))


def _unwatch(analyst: Actor, entry_id: str, session: Session) -> None:
    reason = "Nomor sudah berganti pemilik menurut keterangan."
    watchlist.end(session, analyst, entry_id=entry_id, version=1, reason=reason)
