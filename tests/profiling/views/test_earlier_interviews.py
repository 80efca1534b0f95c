"""What the counter is told of an earlier interview elsewhere: one sentence, and only afterwards."""

from datetime import date

import pytest

from checklist.vocabulary import Disposition, ReasonCode
from profiling.services import decisions
from profiling.services.decisions import Wish
from tests.support.cases import seal
from tests.support.submissions import make_nik, make_submission

REASON = "Akan bekerja tanpa jalur resmi, kata pemohon."
TRIP = {"purpose": "WIS", "destination": "MYS", "documents": {}}
SENTENCE = (
    "Mengajukan lagi dengan tujuan berbeda sesudah permohonan sebelumnya ditunda atau ditolak."
)


@pytest.fixture
def known(database, actor):
    """The NIK of somebody whom another office postponed."""
    payload = make_submission(office="K001", applicant={"name": "Orang Yang Sama"})
    first = seal(database, actor("officer-k001"), payload)
    with database.transaction() as session:
        wish = Wish(1, Disposition.TUNDA, REASON, ReasonCode.NP)
        decisions.decide(session, actor("officer-k001"), interview_id=first, wish=wish)
    return payload["applicant"]["nik"]


def test_after_the_seal_a_known_person_is_told_by_one_sentence(client, database, actor, known):
    """ENUM-05."""
    client.sign_in("officer")
    pages = {}
    for nik, applicant in ((None, {}), (known, {"nik": known})):
        payload = make_submission(**TRIP, applicant=applicant)
        interview_id = seal(database, actor("officer"), payload)
        pages[nik] = client.get_page(f"/interviews/{interview_id}").text
    assert (SENTENCE in pages[None], pages[known].count(SENTENCE)) == (False, 1)
    for word in ("K001", "Orang Yang Sama", "officer-k001", "jalur resmi"):
        assert word not in pages[known]


def test_before_the_seal_nothing_is_told_of_a_known_person(client, database, known):
    """ENUM-05."""
    client.sign_in("officer")
    told = []
    for nik in (known, make_nik_of_nobody()):
        client.get_page("/interviews/new")
        person = {"name": "Siti", "birth_date": "1992-03-12", "sex": "P"}
        opened = client.post("/interviews/new", data={"csrf_token": client.token, **person})
        address = opened.headers["Location"]
        fields = {"applicant.nik": nik, "purpose": "WIS", "destination": "MYS"}
        answer = client.put(
            f"{address}/draft",
            json={"revision": 0, "fields": fields},
            headers={"X-CSRFToken": client.token},
        )
        assert answer.status_code == 200
        page = client.get_page(address)
        assert SENTENCE not in page.text
        told.append((answer.json["hints"], page.text.replace(page.title, "").count("Siti")))
    assert told[0] == told[1]


def make_nik_of_nobody():
    return make_nik(date(1992, 3, 12), "P")
