"""The interview page as values: what is shown, and what is handed to the validator."""

from datetime import UTC, date, datetime

import pytest

from checklist.loading import load
from forms.interview_payload import Circumstances, payload_of
from forms.interview_problems import on_page
from forms.interview_sheet import Reader, sheet_of
from forms.interview_state import party_numbers, read_state, used_answers

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 3, 38, tzinfo=UTC)
READER = Reader("id", TODAY)
TOLD = Circumstances("PMK", "2026-000005", "counter", NOW, NOW, "2026-11", TODAY)


def rows(state: dict[str, str]) -> dict[str, object]:
    sheet = sheet_of(state, load(), READER)
    return {row.code: row for part in sheet.parts for row in part.rows}


def test_only_fields_of_the_page_are_kept_and_tidied() -> None:
    sent = [("purpose", "UMR"), ("band", "hijau"), ("stay_days", "  12 "), ("notes.TP-05", " ")]
    assert read_state(sent, load()) == {"purpose": "UMR", "stay_days": "12"}


def test_a_reversed_question_stores_the_opposite_of_what_is_read() -> None:
    found = rows({"purpose": "UMR"})
    assert [(o.value, o.label) for o in found["TP-05"].options] == [  # type: ignore[attr-defined]
        ("tidak", "Ya"),
        ("ya", "Tidak"),
        ("td", "Belum diketahui"),
    ]
    assert [o.value for o in found["TP-09"].options] == ["ya", "tidak", "td"]  # type: ignore[attr-defined]


def test_kinds_of_yes_stand_before_no() -> None:
    found = rows({"purpose": "UMR"})
    assert [o.value for o in found["ID-02"].options] == ["ya", "ejaan", "tidak", "td"]  # type: ignore[attr-defined]
    assert [o.value for o in found["ID-05"].options] == [  # type: ignore[attr-defined]
        "identitas_sama",
        "identitas_berbeda",
        "tidak",
        "td",
    ]


def test_rows_are_numbered_as_they_are_asked() -> None:
    found = rows({"purpose": "UMR", "departure_date": "200127"})
    assert (found["TP-05"].number, found["GT-2"].number) == ("C1", "D1")  # type: ignore[attr-defined]
    assert not found["TP-03"].is_open  # type: ignore[attr-defined]


def test_a_clean_umrah_asks_fifteen_questions() -> None:
    state = {"purpose": "UMR", "departure_date": "2012", "stay_days": "12", "destination": "ar"}
    sheet = sheet_of(state, load(), READER)
    assert (sheet.asked, sheet.answered) == (15, 0)
    assert not next(part for part in sheet.parts if part.letter == "G").is_open
    assert not next(part for part in sheet.parts if part.letter == "E").is_open


def test_answers_behind_a_closed_gate_are_not_used() -> None:
    state = {"answers.GT-1": "tidak", "answers.PK-02": "ya", "answers.TP-09": "tidak"}
    assert set(used_answers(state, load())) == {"GT-1", "TP-09"}
    opened = {**state, "answers.GT-1": "ya"}
    assert set(used_answers(opened, load())) == {"GT-1", "PK-02", "TP-09"}


def test_the_payload_reads_what_was_typed() -> None:
    state = {
        "purpose": "UMR",
        "destination": "ar",
        "departure_date": "2012",
        "stay_days": "12",
        "applicant.nik": "9901 0141 0392 0005",
        "applicant.birth_date": "010392",
        "passport.service": "hilang",
        "passport.issued": "1-2-25",
        "companion": "yes",
        "documents.SURAT-PPIU": "verified",
        "documents.SURAT-JAMINAN": "missing",
        "notes.TP-14": "9 hari",
        "notes.TP-14.second": "40 hari",
    }
    content = payload_of(state, load(), TOLD).content
    assert content["destination"] == "SAU"
    assert (content["departure_date"], content["stay_days"]) == ("2026-12-20", 12)
    assert content["applicant"]["nik"] == "9901014103920005"
    assert content["applicant"]["birth_date"] == "1992-03-01"
    assert content["passport"]["issued"] == "2025-02-01"
    assert content["documents"] == {"SURAT-PPIU": "verified"}
    assert content["notes"] == {"TP-14": "9 hari / 40 hari"}
    assert (content["companion"], content["interpreter"]) == (True, False)


@pytest.mark.parametrize("name", ["departure_date", "stay_days", "destination"])
def test_a_question_mark_is_unknown(name: str) -> None:
    assert payload_of({name: "?"}, load(), TOLD).content[name] is None


def test_empty_rows_of_parties_are_left_out_and_problems_find_their_row() -> None:
    state = {"third_parties.2.name": "Pak Munir"}
    payload = payload_of(state, load(), TOLD)
    assert [party["name"] for party in payload.content["third_parties"]] == ["Pak Munir"]
    assert payload.field_of("third_parties.0.role") == "third_parties.2.role"
    assert payload.field_of("answers.TP-05") == "answers.TP-05"
    assert party_numbers(state) == [0, 1, 2]


def test_problems_stand_in_the_order_of_the_page() -> None:
    found = {
        "officer_judgement": ["Isi bagian ini."],
        "answers.PK-06": ["x"],
        "answers.PK-07": ["y"],
        "third_parties.0.role": ["z"],
        "answers.TP-05": ["c"],
        "documents.SURAT-PPIU": ["b"],
        "departure_date": ["a"],
        "applicant.name": ["n"],
    }
    state = {"purpose": "UMR", "third_parties.0.name": "Pak Munir", "answers.GT-1": "ya"}
    said = on_page(found, payload_of(state, load(), TOLD), state, load(), READER)
    assert list(said) == [
        "applicant.name",
        "departure_date",
        "documents.SURAT-PPIU",
        "answers.TP-05",
        "third_parties.0.role",
        "answers.GT-3",
        "officer_judgement",
    ]
    assert said["answers.GT-3"].startswith("Pilih Ya, Tidak, atau Belum diketahui: apakah pemohon")
