"""The case list and the case file, as the services give them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from checklist.vocabulary import CaseAction
from profiling import clock
from profiling.errors import Invalid, NotFound
from profiling.records import Account, Assessment, AuditEvent, Case, InterviewVersion
from profiling.security.access import system_actor
from profiling.services import audit, case_list, case_reading, watchlist
from profiling.services.case_list import CaseFilter
from profiling.services.case_views import Confidence, LinkKind, Provenance, TimelineKind
from profiling.services.interview_reading import read_interview
from profiling.services.watchlist import NewEntry
from tests.support.cases import do, red_case, referred_case, reread_case, seal
from tests.support.submissions import make_nik, make_submission

PHONE = "081255556666"
RICH = {
    "answers": {
        "GT-1": "ya",
        "GT-3": "ya",
        "PK-02": "ya",
        "PK-06": "ya",
        "PK-07": "tidak",
        "PK-08": "tidak",
        "DC-04": "ya",
        "DC-05": "ya",
        "TP-08": "td",
    },
    "notes": {
        "PK-02": "Diurus tetangga dengan bayaran.",
        "PK-06": "Mengatakan akan dilaporkan bila batal.",
        "DC-04": "Dijanjikan visa diubah sesudah tiba.",
        "DC-05": "Katanya tidak usah lewat dinas.",
    },
    "documents": {"SURAT-PPIU": "missing"},
}


def listed(database, actor, cursor=None, **chosen):
    with database.reading() as session:
        return case_list.list_cases(session, actor, chosen=CaseFilter(**chosen), cursor=cursor)


def read(database, actor, case):
    with database.transaction() as session:
        return case_reading.read_case(session, actor, case_id=case.id)


def change(database, case, **values):
    with database.transaction() as session:
        row = session.get_one(Case, case.id)
        for name, value in values.items():
            setattr(row, name, value)
        audit.record(session, system_actor(), action="case.test", subject=("case", case.id))


def test_the_order_is_overdue_child_threat_merah_due_number(database, actor):
    officer = actor("officer")
    made = [referred_case(database, officer) for _ in range(6)]
    plain, near, merah, threat, child, overdue = made
    today = clock.local_date(clock.now(), database.settings.timezone)
    for case in made:
        change(database, case, due_on=today + timedelta(days=5))
    change(database, near, due_on=today)
    change(database, merah, is_merah=True)
    change(database, threat, is_threat=True)
    change(database, child, is_child=True)
    change(database, overdue, due_on=today - timedelta(days=1))
    page = listed(database, actor("analyst"))
    assert [item.id for item in page.items] == [
        case.id for case in (overdue, child, threat, merah, near, plain)
    ]
    assert (page.open, page.overdue, page.capacity) == (6, 1, 12)
    assert [item.is_overdue for item in page.items] == [True, *[False] * 5]


def test_a_blind_case_sorts_like_merah_whatever_it_hides(database, actor):
    officer = actor("officer")
    blind, merah, plain = (referred_case(database, officer) for _ in range(3))
    change(database, blind, is_blind=True, is_threat=True)
    change(database, merah, is_merah=True)
    page = listed(database, actor("analyst"))
    assert [item.id for item in page.items] == [blind.id, merah.id, plain.id]
    first = page.items[0]
    assert (first.origin, first.subject, first.is_blind) == (None, None, True)


def test_pages_follow_each_other_without_gap_or_repeat(database, actor, monkeypatch):
    made = {referred_case(database, actor("officer")).id for _ in range(5)}
    monkeypatch.setattr(case_list, "PAGE_SIZE", 2)
    seen, cursor = [], None
    while True:
        page = listed(database, actor("analyst"), cursor=cursor)
        seen += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == 5
    assert set(seen) == made


@pytest.mark.parametrize(
    "chosen",
    [{"state": "x"}, {"origin": "x"}, {"due": "x"}, {"purpose": "x"}],
)
def test_a_filter_that_is_no_word_is_refused(session, actor, chosen):
    with pytest.raises(Invalid) as refusal:
        case_list.list_cases(session, actor("analyst"), chosen=CaseFilter(**chosen))
    assert set(refusal.value.errors) == set(chosen)


@pytest.mark.parametrize("cursor", ["", "x", "e30=", "WzEsMl0=", "é"])
def test_a_cursor_that_is_none_of_ours_is_refused(session, actor, cursor):
    with pytest.raises(Invalid):
        case_list.list_cases(session, actor("analyst"), chosen=CaseFilter(), cursor=cursor)


def test_filters_narrow_by_state_due_purpose_regency_and_office(database, actor):
    officer, analyst = actor("officer"), actor("analyst")
    here = {"applicant": {"regency": "35.27"}, "office": "PMK-MPP-SPG"}
    case = red_case(database, officer, **here)
    other = referred_case(database, officer)
    do(database, analyst, other, "take")
    do(database, analyst, other, "close", outcome="PERLU-BAKET")

    def ids(**chosen):
        return {item.id for item in listed(database, analyst, **chosen).items}

    assert ids() == {case.id}
    assert ids(state="ditutup") == {other.id}
    assert ids(regency="35.27") == ids(office="PMK-MPP-SPG") == {case.id}
    assert ids(regency="35.28") == ids(office="K001") == ids(purpose="WIS") == set()
    assert ids(due="later") == {case.id}
    assert ids(due="overdue") == ids(due="today") == set()
    with database.reading() as session:
        assert case_list.regencies_of(session, analyst) == ["35.27"]


def test_the_list_ends_at_the_scope(database, actor):
    red_case(database, actor("officer"))
    assert listed(database, actor("analyst-k001")).items == ()
    assert listed(database, actor("analyst-k001")).open == 0


def test_every_evidence_has_its_origin_and_unknowns_are_listed(database, actor):
    case = red_case(database, actor("officer"), **RICH)
    view = read(database, actor("analyst"), case)
    by_code = {item.code: item for item in (*view.evidence.adverse, *view.evidence.other)}
    assert by_code["PK-06"].provenance is Provenance.STATED
    assert by_code["PK-06"].note == RICH["notes"]["PK-06"]
    assert by_code["B1"].provenance is Provenance.OBSERVED
    assert by_code["PK-01"].provenance is Provenance.OBSERVED
    assert by_code["TP-04"].provenance is Provenance.COMPUTED
    assert by_code["TP-06"].provenance is Provenance.VERIFIED
    assert not by_code["TP-06"].is_adverse
    assert [unknown.code for unknown in view.evidence.unknown] == ["TP-08"]


def test_the_explanation_adds_up_to_the_stored_points(database, actor):
    case = red_case(database, actor("officer"), **RICH)
    explanation = read(database, actor("analyst"), case).explanation
    with database.reading() as session:
        stored = session.scalars(
            select(Assessment)
            .join(InterviewVersion, InterviewVersion.id == Assessment.version_id)
            .where(InterviewVersion.interview_id == case.interview_id)
        ).one()
    points = {each.code: each.points for each in explanation.dimensions}
    assert points == {
        "TP": stored.tp,
        "DR": stored.dr,
        "CR": stored.cr,
        "AV": stored.av,
        "ID": stored.id_,
        "RW": stored.rw,
    }
    for dimension in explanation.dimensions:
        assert sum(fact.points for fact in dimension.facts) == dimension.points
    assert any(change.band < explanation.band for change in explanation.changes)


def test_what_says_the_same_twice_is_shown_with_its_reason(database, actor):
    officer = actor("officer")
    for _ in range(3):
        seal(database, officer, make_submission(applicant={"phone": PHONE, "nik": make_nik_now()}))
    case = red_case(database, officer, **RICH, applicant={"phone": PHONE, "nik": make_nik_now()})
    explanation = read(database, actor("analyst"), case).explanation
    facts = {fact.code: fact for each in explanation.dimensions for fact in each.facts}
    assert (facts["PK-02"].counted_by, facts["PK-02"].points) == ("PK-03", 0)
    assert facts["PK-03"].counted_by is None


def test_links_count_households_one_step_away_inside_the_scope(database, actor):
    officer = actor("officer")
    party = {"role": "perekrut", "name": "H. Contoh", "phone": "081277778888"}
    linked = red_case(database, officer, third_parties=[party])
    seal(database, officer, make_submission(applicant={"phone": PHONE, "nik": make_nik_now()}))
    seal(
        database,
        actor("officer-k001"),
        make_submission(office="K001", applicant={"phone": PHONE, "nik": make_nik_now()}),
    )
    person = {"phone": PHONE, "nik": make_nik_now(), "name": "Sumiati Contoh"}
    case = red_case(database, officer, applicant=person, third_parties=[party])
    with database.transaction() as session:
        entry = NewEntry("phone", party["phone"], "", "Disebut pada tiga kasus bulan ini.")
        watchlist.add(session, actor("analyst"), entry)
    links = {link.kind: link for link in read(database, actor("analyst"), case).links}
    assert set(links) == {LinkKind.PHONE, LinkKind.THIRD_PHONE}
    phone, third = links[LinkKind.PHONE], links[LinkKind.THIRD_PHONE]
    assert (phone.households, phone.applications, phone.confidence) == (1, 1, Confidence.VERIFIED)
    assert (phone.interviews[0].case_id, phone.interviews[0].name) == (None, None)
    assert (third.households, third.confidence) == (1, Confidence.STATED)
    assert (third.interviews[0].case_id, third.interviews[0].name) == (linked.id, "Siti Contoh")
    assert [entry.reason for entry in third.watched] == ["Disebut pada tiga kasus bulan ini."]


def test_the_timeline_is_newest_first_and_names_who_read(database, actor):
    case = red_case(database, actor("officer"))
    do(database, actor("analyst"), case, "take")
    do(database, actor("analyst"), case, "finding", waiting_for="Kemenag")
    read(database, actor("analyst2"), case)
    timeline = read(database, actor("analyst"), case).timeline
    assert [entry.at for entry in timeline] == sorted((e.at for e in timeline), reverse=True)
    actions = [entry.action for entry in timeline]
    assert actions[:5] == ["read", "read", "finding_waiting", "take", "open"]
    finding = timeline[2]
    assert finding.kind is TimelineKind.FINDING
    assert finding.facts == {"waiting_for": "Kemenag"}
    assert timeline[1].who == "Pegawai analyst2"


def test_reading_outside_the_scope_leaves_no_trace(database, actor):
    case = red_case(database, actor("officer"))
    with pytest.raises(NotFound):
        read(database, actor("analyst-k001"), case)
    with database.reading() as session:
        assert not session.scalar(select(AuditEvent.seq).where(AuditEvent.action == "case.read"))


def test_a_blind_reader_gets_no_result_from_any_service(database, actor):
    case = reread_case(database, actor("officer"))
    analyst = actor("analyst")
    view = read(database, analyst, case)
    assert view.explanation is None
    assert view.item.origin is None
    assert not [entry for entry in view.timeline if entry.kind is TimelineKind.DECISION]
    assert not any("band" in entry.facts for entry in view.timeline)
    assert all(item.provenance is not Provenance.COMPUTED for item in view.evidence.adverse)
    with database.reading() as session:
        interview = read_interview(session, analyst, case.interview_id)
        officers = read_interview(session, actor("officer"), case.interview_id)
    assert interview.is_blind
    assert (interview.band, interview.first_band, interview.decisions) == ("", "", ())
    assert all(version.assessment is None for version in interview.versions)
    assert all(version.judgement == "" for version in interview.versions)
    assert officers.band == "hijau"
    do(database, analyst, case, "take")
    do(database, analyst, case, "finding")
    opened = read(database, analyst, case)
    assert opened.explanation.band == "hijau"
    assert opened.item.origin == "baca_ulang"


def test_the_interviewer_reads_only_the_head(database, actor):
    case = red_case(database, actor("officer"))
    with database.transaction() as session:
        accounts = {row.username: row for row in session.scalars(select(Account))}
        accounts["analyst"].person_no = accounts["officer"].person_no
        audit.record(session, system_actor(), action="account.same", subject=("account", "x"))
    view = read(database, actor("analyst"), case)
    assert (view.why_not, view.allowed) == ("own_interview", frozenset())
    assert view.interview is view.evidence is view.explanation is None
    with database.reading() as session, pytest.raises(NotFound):
        read_interview(session, actor("analyst"), case.interview_id)


def test_the_actions_are_those_of_the_state_and_the_reader(database, actor):
    case = red_case(database, actor("officer"))
    first, second = actor("analyst"), actor("analyst2")

    def allowed(who):
        return read(database, who, case).allowed

    assert allowed(first) == {CaseAction.TAKE}
    do(database, first, case, "take")
    assert allowed(first) == {CaseAction.FINDING, CaseAction.CLOSE}
    assert read(database, second, case).why_not == "held_by_other"
    do(database, first, case, "close", outcome="TIDAK-TERBUKTI")
    assert allowed(first) == {CaseAction.REOPEN}
    assert allowed(second) == {CaseAction.CONFIRM, CaseAction.REOPEN}
    do(database, second, case, "confirm")
    assert allowed(first) == {CaseAction.REOPEN}


def make_nik_now():
    return make_nik(date(1992, 3, 12), "P")
