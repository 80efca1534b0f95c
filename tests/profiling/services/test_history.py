"""Shared contacts and third parties: which other households count, nationwide."""

from datetime import timedelta

import pytest
import time_machine

from checklist.loading import load
from checklist.vocabulary import VersionKind
from profiling import clock
from profiling.services import interviews, watchlist
from profiling.services.corrections import Correction, correct
from tests.support.submissions import make_submission

PHONE = "081277778888"
WHY = "Disebut pada tiga kasus di Sampang bulan ini."
BUREAU = load().licensed_bureaus(clock.now().date())[0]


def party(**fields):
    return {"third_parties": [{"role": "perekrut", "name": "Contoh", **fields}]}


SHARED = [{"applicant": {"phone": PHONE}}, party(phone=PHONE), party(licence="B/77/2024")]
LICENSED = [
    {"applicant": {"phone": BUREAU.phone}},
    party(phone=BUREAU.phone),
    party(licence=BUREAU.licence),
    party(phone=PHONE, licence=BUREAU.licence),
]


@pytest.fixture
def seal(database, actor):
    """Seal an interview; gives its receipt."""

    def run(shared, *, who="officer", card=None, **changes):
        applicant = {**shared.get("applicant", {}), "kk_number": card}
        payload = make_submission(**{**shared, "applicant": applicant, **changes})
        with database.transaction() as session:
            submission = interviews.read_payload(session, payload, at=clock.now(), lang="id")
            return interviews.seal(session, actor(who), submission)

    return run


def codes(receipt):
    return [reason["code"] for reason in receipt["reasons"]]


@pytest.mark.parametrize("shared", SHARED)
def test_three_other_households_of_any_office_count(seal, shared):
    seal(shared, who="officer-k001", office="K001")
    seal(shared)
    assert codes(seal(shared)) == []
    assert codes(seal(shared)) == ["PK-03"]


@pytest.mark.parametrize("shared", SHARED)
def test_the_own_household_does_not_count(seal, shared):
    card = "9901010101010001"
    for each in (None, None, card):
        seal(shared, card=each)
    assert codes(seal(shared, card=card)) == []


@pytest.mark.parametrize("shared", LICENSED)
def test_a_licensed_bureau_may_serve_many_households(seal, shared):
    assert [codes(seal(shared)) for _ in range(5)] == [[]] * 5


@pytest.mark.parametrize("shared", SHARED)
def test_a_voided_interview_does_not_count(database, actor, seal, shared):
    first, *_ = (seal(shared) for _ in range(3))
    void = Correction(1, VersionKind.BATAL, "Disegel pada pemohon lain.", {})
    with database.transaction() as session:
        correct(session, actor("officer"), interview_id=first["id"], correction=void, lang="id")
    assert codes(seal(shared)) == []


@pytest.mark.parametrize(("shared", "days"), [(SHARED[0], 90), (SHARED[1], 180), (SHARED[2], 180)])
def test_what_lies_longer_ago_than_the_window_does_not_count(seal, shared, days):
    for _ in range(3):
        seal(shared)
    for after, found in ((timedelta(days=days, hours=-1), ["PK-03"]), (timedelta(days=days), [])):
        with time_machine.travel(clock.now() + after, tick=False):
            assert codes(seal(shared)) == found


@pytest.mark.parametrize("shared", SHARED)
def test_a_corrected_family_card_is_no_second_household(database, actor, seal, shared):
    for card in ("9901010101010001", "9901010101010002"):
        sealed = seal(shared)
        changes = {"applicant": {"kk_number": card}}
        change = Correction(1, VersionKind.PERBAIKAN, "Nomor KK dibaca dari kartu.", changes)
        with database.transaction() as session:
            officer = actor("officer")
            correct(session, officer, interview_id=sealed["id"], correction=change, lang="id")
    assert codes(seal(shared)) == []


@pytest.mark.parametrize(("kind", "shared"), [("phone", SHARED[1]), ("licence", SHARED[2])])
def test_a_number_on_the_watch_list_is_met_from_its_day_until_it_is_ended(
    database, actor, seal, kind, shared
):
    (named,) = shared["third_parties"]
    today = clock.local_date(clock.now(), database.settings.timezone)
    entry = watchlist.NewEntry(kind, named[kind], "", WHY, today + timedelta(days=1))
    with database.transaction() as session:
        entry_id = watchlist.add(session, actor("analyst"), entry)
    bands = [seal(shared)["band"]]
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        bands += [seal(shared)["band"], seal(party(name="Perekrut"))["band"]]
        with database.transaction() as session:
            watchlist.end(session, actor("analyst"), entry_id=entry_id, version=1, reason=WHY)
        bands.append(seal({**shared, "applicant": {"kk_number": "9901010101010009"}})["band"])
    assert bands == ["hijau", "merah", "hijau", "hijau"]
