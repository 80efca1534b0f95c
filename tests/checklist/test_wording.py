"""The wording of the instrument: complete, bilingual, answerable, protective in tone."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import checklist

FOLDER = Path(checklist.__file__).parent / "instruments" / "tppo-2026.1"
PARTS = ("tp", "pk", "dc", "fn", "id", "rw", "an", "pl")

FACT_KEYS = ("fact_ya", "fact_tidak", "guidance", "example", "counter_example", "basis")
ASKED_KEYS = ("ask", "say", *FACT_KEYS)

REVERSED = {
    *("TP-01", "TP-03", "TP-05", "TP-06", "TP-07", "TP-08", "TP-13", "TP-14"),
    *("DC-01", "DC-06", "ID-06"),
}

# Where the thing asked about may not exist, Ya must be true without it: per purpose, its clause.
WITHOUT_IT = {
    "TP-03": dict.fromkeys(("UMR", "WIS", "KEL", "BRB"), "atau belum akan berangkat dalam 30 hari"),
    "TP-06": dict.fromkeys(("UMR", "HAJ"), "atau tidak memakai biro"),
    "TP-07": {
        "KEL": "atau keluarganya ikut berangkat",
        "PSG": "atau pasangan hadir di sini",
    },
    "TP-13": {
        "STU": "atau pemohon baru akan mendaftar",
        "MAG": "atau penempatannya belum ditetapkan",
        "BRB": "atau baru akan dipilih di sana",
        "BIS": "atau ini usaha sendiri tanpa penyelenggara",
    },
    "DC-01": {
        "KRJ": "atau belum ada tawaran kerja",
        "PLT": "atau belum ada tawaran",
        "MAG": "atau penempatannya belum ditetapkan",
        "WIS": "atau belum ada tawaran kerja",
        "UMR": "atau belum ada tawaran kerja",
        "KEL": "atau belum ada tawaran kerja",
    },
    "DC-06": {
        "KRJ": "atau tidak memakai perusahaan penempatan",
        "PLT": "atau tidak memakai agen",
        "MAG": "atau tidak memakai penyelenggara",
    },
    "ID-06": {"LLN": "atau dapat dimaklumi karena usia, disabilitas, atau tidak membaca"},
}

BANNED = (
    *("tersangka", "pelaku", "terduga", "target operasi", "korban", "curiga", "mencurigakan"),
    *("dicurigai", "indikasi kuat", "bohong", "berbohong", "mengelabui", "palsu", "ilegal"),
    *("TKI", "TKW", "lolos", "bersih", "aman", "bebas risiko", "gagal", "salah"),
    *("ditolak sistem", "sistem memutuskan", "skor", "nilai risiko", "peringkat", "juara"),
    *("target", "kuota", "AI", "kecerdasan buatan", "cerdas", "otomatis mendeteksi", "bahaya"),
    *("awas", "peringatan keras"),
)
BANNED_WORD = re.compile(rf"\b({'|'.join(BANNED)})\b|!", re.IGNORECASE)
# Official catalogue wording, shown on the rules pages only.
ALLOWED = {("ID-04", "wording"): "palsu"}


def read(name: str) -> dict[str, Any]:
    """Read one file of the instrument."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def indicators() -> list[dict[str, Any]]:
    """Return every indicator in catalogue order."""
    return [entry for part in PARTS for entry in read(f"indicators/{part}.toml")["indicator"]]


def gates() -> list[dict[str, Any]]:
    """Return the four opening questions."""
    gate_entries: list[dict[str, Any]] = read("gates.toml")["gate"]
    return gate_entries


INDICATORS = {entry["code"]: entry for entry in indicators()}
ASKED = {code: entry for code, entry in INDICATORS.items() if entry["answer"] != "computed"}
COMPUTED = {code: entry for code, entry in INDICATORS.items() if entry["answer"] == "computed"}
QUESTIONS = ASKED | {entry["code"]: entry for entry in gates()}


def texts(value: object, trail: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text with the keys that lead to it; an entry is named by its code."""
    match value:
        case dict():
            for key, item in value.items():
                yield from texts(item, (*trail, key))
        case list():
            for item in value:
                code = item.get("code", "") if isinstance(item, dict) else ""
                yield from texts(item, (*trail, code) if code else trail)
        case str():
            yield trail, value


def all_texts() -> list[tuple[tuple[str, ...], str]]:
    """Return every text of every file of the instrument."""
    names = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.toml"))
    return [found for name in names for found in texts(read(name))]


def wordings(entry: dict[str, Any]) -> list[dict[str, str]]:
    """Return every wording in which a question can appear on screen."""
    extra = [entry["ask_child"]] if "ask_child" in entry else []
    return [entry["ask"], *extra, *entry.get("ask_by_purpose", {}).values()]


def test_catalogue_has_its_fifty_four_indicators_and_four_gates() -> None:
    assert len(INDICATORS) == 54
    assert sorted(code for code in QUESTIONS if code.startswith("GT")) == [
        *("GT-1", "GT-2", "GT-3", "GT-4"),
    ]


@pytest.mark.parametrize("code", QUESTIONS)
def test_asked_entry_has_every_text_in_both_languages(code: str) -> None:
    for key in ASKED_KEYS:
        text = QUESTIONS[code][key]
        assert set(text) == {"id", "en"}, key
        assert all(text[lang].strip() == text[lang] != "" for lang in text), key
        assert text["id"] != text["en"], key


@pytest.mark.parametrize("code", COMPUTED)
def test_computed_entry_reads_afterwards_but_is_never_asked(code: str) -> None:
    entry = COMPUTED[code]
    assert all(entry[key]["id"] and entry[key]["en"] for key in FACT_KEYS)
    assert not {"ask", "say", "section", "order", "reversed"} & set(entry)


def test_reversed_questions_are_exactly_those_agreed() -> None:
    assert {code for code, entry in QUESTIONS.items() if entry.get("reversed")} == REVERSED


@pytest.mark.parametrize(
    ("code", "purpose", "clause"),
    [(code, purpose, c) for code, by in WITHOUT_IT.items() for purpose, c in by.items()],
)
def test_reversed_question_is_true_where_the_thing_does_not_exist(
    code: str, purpose: str, clause: str
) -> None:
    entry = ASKED[code]
    ask = entry.get("ask_by_purpose", {}).get(purpose, entry["ask"])
    assert clause in ask["id"]
    assert ", or " in ask["en"]


@pytest.mark.parametrize("code", ["TP-03", "TP-06", "TP-07", "TP-13", "DC-06"])
def test_table_of_things_that_may_not_exist_covers_every_purpose(code: str) -> None:
    assert set(WITHOUT_IT[code]) == set(ASKED[code]["purposes"].split())


@pytest.mark.parametrize("code", QUESTIONS)
def test_question_is_one_short_sentence_answered_by_ya_or_tidak(code: str) -> None:
    for ask in wordings(QUESTIONS[code]):
        for text in ask.values():
            assert text.endswith("?")
            assert text.count("?") == 1
            assert code == "GT-1" or len(text) <= 170, text
        for clause in re.split(r",|\batau\b", ask["id"]):
            assert len(re.findall(r"\b(tidak|belum|tanpa|bukan)\b", clause)) <= 1, clause


@pytest.mark.parametrize("code", QUESTIONS)
def test_spoken_line_is_simple_enough_to_translate_on_the_spot(code: str) -> None:
    say = QUESTIONS[code]["say"]["id"]
    assert len(say) <= 130
    assert not re.search(r"[A-Z]{2,}", say), "no abbreviations"
    assert not re.search(r"\b(undang|pasal|peraturan|permen|nomor \d)", say, re.IGNORECASE)


@pytest.mark.parametrize("code", [*QUESTIONS, *COMPUTED])
def test_facts_are_sentences(code: str) -> None:
    entry = QUESTIONS.get(code) or COMPUTED[code]
    facts = [entry["fact_ya"], entry["fact_tidak"], *(c["fact"] for c in entry.get("choices", []))]
    for text in (text for fact in facts for text in fact.values()):
        assert text.endswith(".")
        assert "?" not in text
        assert len(text) <= 130
    assert entry["fact_ya"] != entry["fact_tidak"]


@pytest.mark.parametrize("code", [*QUESTIONS, *COMPUTED])
def test_guidance_is_one_to_three_short_sentences(code: str) -> None:
    entry = QUESTIONS.get(code) or COMPUTED[code]
    for key in ("guidance", "example", "counter_example"):
        for text in entry[key].values():
            sentences = re.split(r"(?<=[.?])\s+(?=[A-Z\"])", text)
            assert 1 <= len(sentences) <= 3, text
            assert max(len(sentence.split()) for sentence in sentences) <= 28, text


def test_no_banned_word_in_any_indonesian_text() -> None:
    found = [
        (trail, text)
        for trail, text in all_texts()
        if trail[-1] != "en" and BANNED_WORD.search(text)
    ]
    excused = [(trail, text) for trail, text in found if tuple(trail[1:3]) in ALLOWED]
    assert [entry for entry in found if entry not in excused] == []
    assert len(excused) == len(ALLOWED), "an exception that is no longer needed must go"


def test_what_a_companion_could_read_names_no_crime() -> None:
    crime = re.compile(r"perdagangan orang|TPPO|traffick|crime|pidana|penyelundup", re.IGNORECASE)
    for code, entry in QUESTIONS.items():
        shown = [text for trail, text in texts(entry) if trail[0] in {*ASKED_KEYS, "ask_child"}]
        assert not [text for text in shown if crime.search(text)], code


def test_extra_answers_have_a_label_and_a_fact() -> None:
    values = {
        code: [choice["value"] for choice in entry["choices"]]
        for code, entry in INDICATORS.items()
        if "choices" in entry
    }
    assert values == {"ID-02": ["ejaan"], "ID-05": ["identitas_sama", "identitas_berbeda"]}
    labels = [c["label"] for code in values for c in INDICATORS[code]["choices"]]
    assert all(0 < len(label[lang]) <= 24 for label in labels for lang in ("id", "en"))


def test_officer_reads_neither_watch_list_nor_other_people() -> None:
    assert INDICATORS["RW-05"]["fact_ya"]["id"] == "Inteldakim perlu memeriksa satu hal."
    assert INDICATORS["PK-03"]["fact_ya"]["id"] == "Kontak yang sama tercatat pada pemohon lain."


def test_questions_stand_in_their_section_in_a_settled_order() -> None:
    section_of = {
        **dict.fromkeys(("PK-05", "PK-06", "PK-07", "PK-08", "GT-3"), "E"),
        **dict.fromkeys(("TP-14", "TP-15", "RW-01", "RW-04", "GT-4"), "F"),
        **dict.fromkeys(("GT-1", "GT-2", "AN-01", "AN-03"), "D"),
    }
    usual = {"TP": "C", "DC": "C", "PK": "D", "FN": "D", "ID": "F", "PL": "G"}
    exceptions = {"DC-04": "D", "DC-05": "D"}
    for code, entry in QUESTIONS.items():
        expected = exceptions.get(code) or section_of.get(code) or usual[code[:2]]
        assert entry["section"] == expected, code
    places = [(entry["section"], entry["order"]) for entry in QUESTIONS.values()]
    assert len(set(places)) == len(places)
    assert QUESTIONS["GT-2"]["order"] < QUESTIONS["GT-1"]["order"]


def test_follow_ups_come_after_their_gate_in_the_same_section() -> None:
    for gate in gates():
        assert {c for c, entry in ASKED.items() if entry.get("gate") == gate["code"]} == set(
            gate["indicators"]
        )
        for code in set(gate["indicators"]) - {"PK-05"}:
            follow_up = ASKED[code]
            assert follow_up["section"] == gate["section"]
            assert follow_up["order"] > gate["order"]


def test_sections_are_those_of_the_screen() -> None:
    sections = read("sections.toml")["section"]
    assert [entry["code"] for entry in sections] == list("ABCDEFGH")
    private = next(entry for entry in sections if entry["code"] == "E")
    assert private["intro"]["id"] == (
        "Bila ada pendamping, persilakan menunggu sebelum bagian ini."
    )
