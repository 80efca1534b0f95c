"""What follows a seal in the simulated history: corrections, decisions, papers brought later."""

import random
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from checklist.vocabulary import (
    Band,
    Disposition,
    Judgement,
    Outcome,
    Papers,
    PaperState,
    ReasonCode,
    VersionKind,
)
from profiling import clock
from profiling.records import Interview
from profiling.services import decisions
from profiling.services.corrections import Correction, correct
from profiling.services.decision_rules import closed_outcome, prefilled
from profiling.services.decisions import Wish
from profiling.services.interview_reading import OWN_DAYS, open_case_of
from profiling.services.seeding.applicants import come_again
from profiling.services.seeding.people import phone_of
from profiling.services.seeding.scene import Scene, Visit
from profiling.services.seeding.world import pick

_VOIDED, _CORRECTED, _DEEPENED = 0.0016, 0.013, 0.14
_BACK_AFTER_REFUSAL = 0.35

_REASONS = {
    Disposition.LANJUT: "Penjelasan dan surat pemohon sudah cukup.",
    Disposition.TUNDA: "Pemohon diminta melengkapi surat yang belum dibawa.",
    Disposition.RUJUK: "Keterangan perlu didalami oleh Inteldakim.",
    Disposition.TOLAK_NP: "Hasil pendalaman menunjukkan rencana bekerja tanpa prosedur.",
    Disposition.TANGGUH: "Ditangguhkan sesuai hasil pendalaman, pemohon diberi penjelasan.",
    Disposition.TOLAK_KET: "Hasil pendalaman menunjukkan dokumen tidak sesuai.",
}
_BY_BAND: dict[Band, dict[Disposition, float]] = {
    Band.HIJAU: {Disposition.LANJUT: 0.95, Disposition.RUJUK: 0.05},
    Band.KUNING: {Disposition.LANJUT: 0.72, Disposition.TUNDA: 0.16, Disposition.RUJUK: 0.12},
    Band.MERAH: {Disposition.RUJUK: 0.93, Disposition.TUNDA: 0.04, Disposition.LANJUT: 0.03},
}


def follow_up(scene: Scene, visit: Visit, judgement: Judgement) -> None:
    """Plan what the officer does next: mostly decide, sometimes correct or void first."""
    chance = scene.chance("follow", visit.interview_id)
    draw = chance.random()
    if draw < _VOIDED:
        scene.soon(partial(_void, scene, visit), seconds=chance.randint(120, 900))
        return
    delay = 0
    if draw < _VOIDED + _CORRECTED:
        delay = chance.randint(60, 400)
        scene.soon(partial(_correct, scene, visit), seconds=delay)
    decide = partial(_decide, scene, visit, judgement)
    scene.soon(decide, seconds=delay + chance.randint(20, 90))


def after_review(scene: Scene, visit: Visit, session: Session) -> None:
    """Plan the decision that a closed case leaves to a supervisor or to the officer."""
    head = session.get_one(Interview, visit.interview_id)
    chance = scene.chance("after", visit.interview_id, clock.now().date())
    if head.awaiting == "putusan":
        scene.after_workdays(chance, partial(_dispose, scene, visit), chance.randint(0, 2))
    elif head.state == "sealed" and head.disposition is None:
        act = partial(_decide_reviewed, scene, visit)
        scene.after_workdays(chance, act, chance.randint(0, 1))


def _void(scene: Scene, visit: Visit, session: Session) -> None:
    correction = Correction(
        version=_head(session, visit).version,
        kind=VersionKind.BATAL,
        reason="Disegel pada permohonan orang lain.",
        changes={},
    )
    _apply(session, visit, correction)
    tomorrow = clock.today(scene.zone) + timedelta(days=1)
    scene.come_back(visit.branch.code, tomorrow, visit.applicant)


def _correct(scene: Scene, visit: Visit, session: Session) -> None:
    chance = scene.chance("correct", visit.interview_id)
    stay = visit.applicant.stay_days
    changes: dict[str, object] = {"applicant": {"phone": phone_of(chance)}}
    if stay and chance.random() < 0.5:  # noqa: PLR2004 - half of the slips are in the stay
        changes = {"stay_days": stay + chance.choice((-1, 1, 2))}
    correction = Correction(
        version=_head(session, visit).version,
        kind=VersionKind.PERBAIKAN,
        reason="Salah ketik, diperbaiki sesuai surat.",
        changes=changes,
    )
    _apply(session, visit, correction)


def _decide(scene: Scene, visit: Visit, judgement: Judgement, session: Session) -> None:
    head = _head(session, visit)
    if head.voided or head.awaiting is not None or head.disposition is not None:
        return
    chance = scene.chance("decide", visit.interview_id)
    if head.band == Band.KUNING and chance.random() < _DEEPENED:
        _deepen(session, visit)
    band, papers = Band(head.band), Papers(head.papers)
    wanted = _wanted(chance, band, papers, judgement)
    expected = prefilled(judgement, band, papers)
    in_one_step = expected is wanted and wanted is not Disposition.TUNDA
    code = _code(chance, visit, papers) if wanted is Disposition.TUNDA else None
    wish = Wish(head.version, wanted, "" if in_one_step else _REASONS[wanted], code)
    decisions.decide(session, visit.officer.actor, interview_id=head.id, wish=wish)
    if wanted is Disposition.TUNDA:
        _await_papers(scene, visit, chance, code)


def _wanted(chance: random.Random, band: Band, papers: Papers, judgement: Judgement) -> Disposition:
    if band is Band.HIJAU and papers is Papers.TUNDA:
        return Disposition.TUNDA
    if judgement is Judgement.RUJUK and band is not Band.HIJAU:
        return Disposition.RUJUK
    if band is Band.HIJAU and judgement is Judgement.LANJUT:
        return Disposition.LANJUT
    if band is Band.KUNING and papers is Papers.TUNDA:
        return Disposition.TUNDA
    return pick(chance, _BY_BAND[band])


def _code(chance: random.Random, visit: Visit, papers: Papers) -> ReasonCode:
    suspected = visit.applicant.truth.code in ("irregular", "victim")
    share = 0.6 if suspected else 0.02
    if papers is not Papers.TUNDA:
        share = 0.8 if suspected else 0.15
    if chance.random() < share:
        return ReasonCode.NP
    return ReasonCode.BERKAS if papers is Papers.TUNDA else ReasonCode.DATA


def _await_papers(
    scene: Scene, visit: Visit, chance: random.Random, code: ReasonCode | None
) -> None:
    """Let a supervisor confirm; then the papers come, or the time runs out."""
    scene.after_workdays(chance, partial(_confirm, scene, visit), chance.choice((0, 0, 1)))
    share = 0.25 if code is ReasonCode.NP else 0.74
    if chance.random() < share:
        days = chance.randint(2, 17)
        scene.after_workdays(chance, partial(_complete, scene, visit), days)
    elif code is ReasonCode.NP:
        _come_again_later(scene, visit, chance)


def _confirm(scene: Scene, visit: Visit, session: Session) -> None:
    head = _head(session, visit)
    if head.awaiting != "tunda":
        return
    chance = scene.chance("confirm", visit.interview_id, head.version)
    supervisor = chance.choice(visit.branch.supervisors)
    if chance.random() < 0.04:  # noqa: PLR2004 - share that is given back
        decisions.return_(
            session,
            supervisor,
            interview_id=head.id,
            version=head.version,
            reason="Sebutkan surat mana yang harus dibawa pemohon.",
        )
        scene.after_workdays(chance, partial(_postpone_again, scene, visit), 1)
        return
    decisions.confirm(session, supervisor, interview_id=head.id, version=head.version)


def _postpone_again(scene: Scene, visit: Visit, session: Session) -> None:
    head = _head(session, visit)
    if head.state != "sealed" or head.awaiting is not None:
        return
    reason = "Pemohon diminta membawa surat asli yang belum ada."
    wish = Wish(head.version, Disposition.TUNDA, reason, ReasonCode.BERKAS)
    decisions.decide(session, visit.officer.actor, interview_id=head.id, wish=wish)
    chance = scene.chance("again", visit.interview_id)
    scene.after_workdays(chance, partial(_confirm, scene, visit), 1)


def _complete(scene: Scene, visit: Visit, session: Session) -> None:
    """The applicant comes back with the papers; any officer of the place opens the record."""
    head = _head(session, visit)
    if head.disposition != Disposition.TUNDA or head.voided or head.awaiting is not None:
        return
    chance = scene.chance("complete", visit.interview_id)
    officer = chance.choice(visit.branch.officers[visit.place.code])
    states = dict.fromkeys(visit.applicant.documents, str(PaperState.VERIFIED))
    if states:
        correction = Correction(
            version=head.version,
            kind=VersionKind.PERBAIKAN,
            reason="Pemohon datang membawa surat yang diminta.",
            changes={"documents": states},
        )
        correct(session, officer, interview_id=head.id, correction=correction, lang="id")
    reason = "Surat yang diminta sudah lengkap dan diperiksa."
    wish = Wish(head.version, Disposition.LANJUT, reason)
    decisions.decide(session, officer, interview_id=head.id, wish=wish)


def _dispose(scene: Scene, visit: Visit, session: Session) -> None:
    """A supervisor disposes of an interview whose case was closed with an indication."""
    head = _head(session, visit)
    if head.awaiting != "putusan" or open_case_of(session, head.id) is not None:
        return
    chance = scene.chance("dispose", visit.interview_id)
    refusal = {Disposition.TOLAK_NP: 0.55, Disposition.TANGGUH: 0.45}
    if closed_outcome(session, head) == Outcome.DOKUMEN_IDENTITAS:
        refusal = {Disposition.TOLAK_KET: 0.6, Disposition.TANGGUH: 0.2, Disposition.LANJUT: 0.2}
    wanted = pick(chance, refusal)
    is_refused = wanted is not Disposition.LANJUT
    is_labour = is_refused and closed_outcome(session, head) != Outcome.DOKUMEN_IDENTITAS
    code = ReasonCode.NP if is_labour else (ReasonCode.DATA if is_refused else None)
    wish = Wish(head.version, wanted, _REASONS[wanted], code)
    supervisor = chance.choice(visit.branch.supervisors)
    decisions.decide(session, supervisor, interview_id=head.id, wish=wish)
    if is_labour:
        _come_again_later(scene, visit, chance)


def _decide_reviewed(scene: Scene, visit: Visit, session: Session) -> None:
    """After a review without an indication the officer decides, while the record is theirs."""
    head = _head(session, visit)
    is_recent = head.sealed_at > clock.now() - OWN_DAYS
    if head.state != "sealed" or head.awaiting is not None or head.voided or not is_recent:
        return
    reason = "Hasil pembacaan Inteldakim tidak menemukan hal yang memberatkan."
    wish = Wish(head.version, Disposition.LANJUT, reason)
    decisions.decide(session, visit.officer.actor, interview_id=head.id, wish=wish)


def _come_again_later(scene: Scene, visit: Visit, chance: random.Random) -> None:
    if chance.random() < _BACK_AFTER_REFUSAL:
        day = clock.today(scene.zone) + timedelta(days=chance.randint(35, 260))
        again = come_again(chance, visit.applicant, day, scene.world)
        scene.come_back(visit.branch.code, day, again)


def _deepen(session: Session, visit: Visit) -> None:
    """The applicant explains what was unclear: a further version with one answer changed."""
    head = _head(session, visit)
    correction = Correction(
        version=head.version,
        kind=VersionKind.PENDALAMAN,
        reason="Pemohon menjelaskan rencananya bersama keluarga.",
        changes={"answers": {"TP-14": "tidak"}},
    )
    _apply(session, visit, correction)


def _apply(session: Session, visit: Visit, correction: Correction) -> None:
    actor = visit.officer.actor
    correct(session, actor, interview_id=visit.interview_id, correction=correction, lang="id")


def _head(session: Session, visit: Visit) -> Interview:
    return session.get_one(Interview, visit.interview_id)
