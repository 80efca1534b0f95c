"""What is to be put right, as the page says it: by its fields, in its order."""

from collections.abc import Mapping, Sequence

from checklist.instrument import Instrument
from checklist.sentences import sentence as checklist_sentence
from checklist.vocabulary import Purpose
from forms.interview_payload import Payload
from forms.interview_sheet import Reader, age_of
from forms.interview_state import JOURNEY_FIELDS, State, given_answers

Problems = Mapping[str, Sequence[str]]

_IDENTITY, _JOURNEY, _PAPERS, _ANSWERS, _LAST = range(5)
_PARTIES_AFTER = "D"


def on_page(
    found: Problems, payload: Payload, state: State, instrument: Instrument, reader: Reader
) -> dict[str, str]:
    """Return one sentence for each field, opening questions before what they open."""
    said = {payload.field_of(name): sentences[0] for name, sentences in found.items()}
    for gate in _open_gates(state, instrument):
        hidden = {f"answers.{code}" for code in instrument.gates[gate].indicators} & said.keys()
        if hidden:
            said = {name: words for name, words in said.items() if name not in hidden}
            said[f"answers.{gate}"] = _missing(gate, state, instrument, reader)
    places = {item.code: (item.screen.section, item.screen.order) for item in instrument.on_screen}
    return dict(sorted(said.items(), key=lambda problem: _place(problem[0], places)))


def _open_gates(state: State, instrument: Instrument) -> list[str]:
    given = given_answers(state, instrument)
    return [code for code in instrument.gates if code not in given]


def _missing(gate: str, state: State, instrument: Instrument, reader: Reader) -> str:
    age, word = age_of(state, reader.today), state.get("purpose", "")
    asked = (
        instrument.gates[gate]
        .screen.question(
            purpose=Purpose(word) if word in set(Purpose) else None,
            is_child=age is not None and age < instrument.adult_age,
        )
        .of(reader.lang)
    )
    question = f"{asked[:1].lower()}{asked[1:]}"
    return checklist_sentence("missing_answer", reader.lang, question=question)


def _place(name: str, places: Mapping[str, tuple[str, int]]) -> tuple[int, str, int]:
    kind, _, rest = name.partition(".")
    code = rest.partition(".")[0]
    if kind in {"answers", "notes"} and code in places:
        return _ANSWERS, *places[code]
    if kind == "third_parties":
        return _ANSWERS, _PARTIES_AFTER, int(code) + 1_000 if code.isdigit() else 1_000
    if kind in {"applicant", "passport"}:
        return _IDENTITY, kind, 0
    if name in JOURNEY_FIELDS:
        return _JOURNEY, "", JOURNEY_FIELDS.index(name)
    return (_PAPERS if kind == "documents" else _LAST), kind, 0
