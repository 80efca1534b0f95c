"""From a sealed version to the page and back: only what was touched changes."""

from checklist.loading import load
from forms.supplement import changes_between, put_in, state_of
from tests.support.submissions import make_submission

INSTRUMENT = load()
ALL = ("applicant.", "passport.", "answers.", "notes.", "documents.", "third_parties.", "purpose")


def payload(**changes):
    made = make_submission(**changes)
    plain = {"passport": None, "companion": None, "interpreter": None}
    return {**plain, **made}


def test_the_state_says_what_was_sealed():
    party = {"role": "agen", "name": "Munir", "phone": "0812", "address": None, "licence": None}
    state = state_of(
        payload(
            notes={"TP-14": "umrah / bekerja"},
            third_parties=[party],
            companion=True,
            departure_date=None,
            passport={"service": "hilang", "issued": "2020-05-01", "event_date": None},
        ),
        INSTRUMENT,
        "id",
    )
    assert state["applicant.birth_date"] == "12-03-1992"
    assert (state["departure_date"], state["destination"]) == ("?", "Arab Saudi")
    assert (state["notes.TP-14"], state["notes.TP-14.second"]) == ("umrah", "bekerja")
    assert (state["third_parties.0.name"], state["companion"]) == ("Munir", "yes")
    assert state["passport.issued"] == "01-05-2020"
    assert "third_parties.0.address" not in state


def test_questions_without_their_opening_question_open_it():
    made = payload(answers={"GT-1": "ya", "PK-02": "tidak"})
    made["answers"].pop("GT-1")
    assert state_of(made, INSTRUMENT, "id")["answers.GT-1"] == "ya"


def test_fields_outside_the_page_are_left_alone():
    state = {"applicant.name": "Siti", "answers.TP-05": "td"}
    sent = [("applicant.name", "Lain"), ("answers.TP-05", "ya"), ("answers.XX-99", "ya")]
    assert put_in(state, sent, INSTRUMENT, ("answers.",)) == {
        "applicant.name": "Siti",
        "answers.TP-05": "ya",
    }


def test_an_emptied_field_is_taken_away():
    state = {"applicant.phone": "0812"}
    assert put_in(state, [("applicant.phone", "  ")], INSTRUMENT, ALL) == {}


def test_equal_payloads_differ_in_nothing():
    made = payload()
    again = {**made, "companion": False, "documents": dict(made["documents"])}
    assert changes_between(made, again) == {}


def test_only_what_differs_is_handed_in():
    old = payload(answers={"TP-05": "td"})
    new = {
        **old,
        "applicant": {**old["applicant"], "name": "Siti Aminah"},
        "answers": {**old["answers"], "TP-05": "tidak"},
        "documents": {},
        "stay_days": 20,
    }
    assert changes_between(old, new) == {
        "applicant": {"name": "Siti Aminah"},
        "answers": {"TP-05": "tidak"},
        "documents": {"SURAT-PPIU": None},
        "stay_days": 20,
    }


def test_a_passport_that_was_not_named_comes_or_goes_whole():
    old = payload()
    passport = {"service": "baru", "issued": None}
    assert changes_between(old, {**old, "passport": passport}) == {"passport": passport}
    assert changes_between({**old, "passport": passport}, old) == {"passport": None}
