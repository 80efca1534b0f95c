"""The one validator: what is required, what is refused, what is made canonical."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.answers import Checks, validate_draft
from checklist.canonical import canonical_bytes
from checklist.facts import SystemChecks
from checklist.loading import load
from checklist.nik import NikWarning
from checklist.sentences import SENTENCES, SHAPE, sentence
from checklist.vocabulary import Answer, Channel, Judgement, PaperState, Purpose
from tests.checklist.payloads import (
    CHECKS,
    NIK,
    ON_PAGE,
    accept,
    answered,
    applicant,
    payload,
    refuse,
)


def test_a_clean_interview_is_accepted() -> None:
    found = accept(payload())
    assert found.visit.channel is Channel.COUNTER
    assert found.judgement is Judgement.LANJUT
    assert found.journey.purpose is Purpose.UMR
    assert found.journey.documents == {"SURAT-PPIU": PaperState.VERIFIED}
    assert found.visit.interview_date == date(2026, 11, 24)
    assert found.age == 31
    assert found.instrument == "tppo-2026.1"
    assert found.passport is None
    assert found.warnings == ()


def test_what_everything_filled_in_becomes() -> None:
    whole = applicant() | {
        "application_no": "2026-004512",
        "passport": {
            "service": "hilang",
            "issued": "2026-01-10",
            "event_date": "2026-06-12",
            "replacements_5y": 1,
        },
        "third_parties": [{"role": "agen", "name": "Pak Darto", "phone": "+62 811 000 111"}],
        "companion": True,
        "interpreter": False,
        "notice_version": "2026.1",
        "officer_judgement": "rujuk",
        "judgement_reason": "Pendamping terus menjawab.",
        "instrument": "tppo-2026.1",
        "notes": {"RW-01": "Pernah dipulangkan pada 2019."},
    }
    whole["answers"]["RW-01"] = "ya"
    found = accept(whole)
    system = SystemChecks(40, Purpose.KRJ, 1, 2, watchlist_hit=False)
    facts = found.facts(load(), system)
    assert (facts.age, facts.missing_documents, facts.nik_disagrees) == (31, 0, False)
    assert (facts.replacement_months, facts.replacements_5y) == (5, 1)
    assert (facts.prior_np_refusal_days, facts.refused_for_other_purpose) == (40, True)
    assert (facts.shared_contact_households_90d, facts.watchlist_hit) == (1, False)
    assert accept(found.as_json()).as_json() == found.as_json()
    assert json.loads(canonical_bytes(found.as_json()))["third_parties"][0]["role"] == "agen"


def test_facts_of_a_bare_submission_are_unknown() -> None:
    whole = payload(documents={}, destination=None, stay_days=None, departure_date=None)
    whole["answers"] |= dict.fromkeys(("PL-02", "PL-03", "PL-04"), "td")
    facts = accept(whole).facts(load(), SystemChecks())
    assert facts.missing_documents is None
    assert facts.nik_disagrees is None
    assert facts.replacement_months is None
    assert facts.destination is None


def test_nothing_of_a_submission_shows_in_a_log() -> None:
    found = accept(applicant())
    shown = f"{found!r} {found.applicant!r} {found.sheet!r} {found.visit!r} {found.journey!r}"
    for value in ("Siti", NIK, "tidak", "SAU"):
        assert value not in shown


def test_all_that_is_required_is_named_at_once() -> None:
    found = refuse({})
    assert set(found) == {
        *("office", "applicant.name", "applicant.birth_date", "applicant.sex", "purpose"),
        *("documents", "answers", "officer_judgement", "started_at", "finished_at", "channel"),
    }
    assert found["office"] == ["Isi bagian ini."]
    assert refuse({}, lang="en")["office"] == ["Fill this in."]
    assert found["officer_judgement"] == ["Pilih penilaian Anda: Lanjut, Perdalam, atau Rujuk."]
    assert refuse({}, lang="en")["officer_judgement"] == [
        "Choose your judgement: Proceed, Look deeper, or Refer."
    ]


@pytest.mark.parametrize("whole", [None, [], "x", 3])
def test_only_an_object_is_read(whole: object) -> None:
    assert set(refuse(whole)) == {"body"}
    assert set(validate_draft(whole, checks=CHECKS)) == {"body"}


def test_no_sentence_repeats_what_was_given() -> None:
    odd = "Qz7x"
    whole = applicant(
        nik=odd,
        name="1" + odd[0:0] + "2",
        phone=odd,
        kk_number=odd,
        birth_date=odd,
        sex=odd,
        regency=odd,
        district=odd,
        village=odd,
    ) | {"destination": odd, "purpose": odd, "channel": odd, "started_at": odd, "stay_days": odd}
    whole["answers"] = {"TP-05": odd, odd: odd}
    whole["notes"] = {odd: odd}
    whole[odd] = odd
    for lang in ("id", "en"):
        said = refuse(whole, lang=lang)
        assert odd not in json.dumps(list(said.values()))
        assert odd not in json.dumps(list(said))


def test_text_is_composed_and_trimmed() -> None:
    found = accept(applicant(name="  Re\u0301ne d'Arc-Putri ", mother_name="M."))
    assert found.applicant.name == "R\u00e9ne d'Arc-Putri"
    assert found.applicant.mother_name == "M."


def test_empty_text_is_unknown() -> None:
    found = accept(applicant(phone=" ", guardian="", nik=None))
    assert (found.applicant.phone, found.applicant.guardian, found.applicant.nik) == (None,) * 3


def test_a_nik_that_disagrees_warns_and_is_accepted() -> None:
    found = accept(applicant(nik="3528012001950003"))
    assert found.warnings == (NikWarning.SEX,)
    assert found.facts(load(), SystemChecks()).nik_disagrees is True


def test_the_interview_date_is_the_day_at_the_office() -> None:
    late = payload(started_at="2026-11-23T17:30:00Z", finished_at="2026-11-23T17:40:00Z")
    assert accept(late).visit.interview_date == date(2026, 11, 24)
    in_utc = Checks(load(), datetime(2026, 11, 24, 5, tzinfo=UTC))
    assert accept(late, in_utc).visit.interview_date == date(2026, 11, 23)


@pytest.mark.parametrize(("word", "stored"), [("tidak", Answer.TIDAK), ("td", Answer.TD)])
def test_a_closed_gate_fills_its_questions_and_says_so(word: str, stored: Answer) -> None:
    sheet = accept(answered(GT_3=word)).sheet
    behind = {"PK-06", "PK-07", "PK-08"}
    assert {sheet.answers[code] for code in behind} == {stored}
    assert behind <= sheet.set_by_gate
    assert "GT-3" not in sheet.answers
    assert sheet.given["GT-3"] is stored


def test_an_own_answer_wins_over_its_gate() -> None:
    sheet = accept(answered(GT_3="td", PK_06="tidak")).sheet
    assert sheet.answers["PK-06"] is Answer.TIDAK
    assert "PK-06" not in sheet.set_by_gate
    assert accept(answered(GT_3="tidak", PK_06="td")).sheet.answers["PK-06"] is Answer.TD
    noted = answered(GT_3="td", PK_06="ya") | {"notes": {"PK-06": "Ia berkata akan dilaporkan."}}
    assert accept(noted).sheet.answers["PK-06"] is Answer.YA


def test_the_long_form_needs_no_gates() -> None:
    whole = payload()
    for code, gate in load().gates.items():
        del whole["answers"][code]
        whole["answers"].update(dict.fromkeys(gate.indicators, "tidak"))
    short, long = accept(payload()).sheet, accept(whole).sheet
    assert long.set_by_gate == frozenset()
    applicable = {code for code in long.answers if long.answers[code] == short.answers.get(code)}
    assert applicable == set(long.answers)


def test_a_missing_answer_is_asked_for_in_the_words_of_the_screen() -> None:
    (said,) = refuse(answered(TP_08="left out"))["answers.TP-08"]
    assert said.startswith("Pilih Ya, Tidak, atau Belum diketahui: apakah sumber biaya")
    (in_english,) = refuse(answered(TP_08="left out"), lang="en")["answers.TP-08"]
    assert in_english.startswith("Choose Yes, No, or Not known yet: ")


@pytest.mark.parametrize(
    ("note", "is_enough"),
    [
        ("", False),
        ("123456789", False),
        ("   123456789  ", False),
        ("1234567890", True),
        ('Ia berkata:\r\n"Tidak tahu"', True),
        ("x" * 500, True),
        ("x" * 501, False),
    ],
)
def test_a_grave_answer_needs_a_note_of_ten_to_five_hundred(note: str, is_enough: bool) -> None:
    whole = answered(RW_01="ya") | {"notes": {"RW-01": note}}
    if is_enough:
        kept = accept(whole).sheet.notes["RW-01"]
        assert "\r" not in kept
    else:
        assert "notes.RW-01" in refuse(whole)


def test_the_note_is_asked_for_word_for_word() -> None:
    wanted = "Tulis apa yang dikatakan atau terlihat (sedikitnya 10 huruf)."
    assert refuse(answered(RW_01="ya"))["notes.RW-01"] == [wanted]


def test_a_weak_or_inapplicable_answer_needs_no_note() -> None:
    weak = answered(TP_15="ya", PL_02="tidak", PL_03="tidak", PL_04="tidak")
    assert accept(weak).sheet.notes == {}
    ignored = accept(answered(DC_06="ya")).sheet
    assert ignored.answers["DC-06"] is Answer.YA


def test_a_short_note_where_none_is_needed_is_kept() -> None:
    assert accept(payload(notes={"TP-05": "lancar"})).sheet.notes == {"TP-05": "lancar"}


def test_the_page_asks_for_every_paper() -> None:
    whole = payload(documents={})
    whole["answers"] |= dict.fromkeys(("PL-02", "PL-03", "PL-04"), "tidak")
    assert accept(whole).journey.documents == {}
    assert refuse(whole, ON_PAGE) == {
        "documents.SURAT-PPIU": ["Pilih keadaan berkas ini: Surat PPIU."]
    }


def test_a_draft_may_be_unfinished_but_not_odd() -> None:
    half = {"applicant": {"name": "Sit", "nik": "3528", "phone": "08"}, "answers": {"TP-05": "ya"}}
    assert validate_draft(half, checks=CHECKS) == {}
    assert validate_draft({}, checks=CHECKS) == {}
    odd = {"extra": 1, "answers": {"TP-05": "mungkin"}, "office": "X" * 50, "stay_days": "x"}
    assert set(validate_draft(odd, checks=CHECKS)) == {
        *("extra", "answers.TP-05", "office", "stay_days"),
    }


def test_every_sentence_is_there_in_both_languages() -> None:
    assert set(SENTENCES) >= SHAPE
    for name in SENTENCES:
        values = dict.fromkeys(
            ("low", "high", "limit", "choices", "example", "question", "paper"), 1
        )
        indonesian, english = sentence(name, "id", **values), sentence(name, "en", **values)
        assert indonesian
        assert english
        assert indonesian != english


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*payload(), "nik", "TP-05", "x"]), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_anything_at_all_is_refused_in_sentences(whole: object) -> None:
    found = refuse(whole)
    assert found
    assert all(isinstance(said, str) for sentences in found.values() for said in sentences)
