"""The interview page as values: parts, rows, papers, generated from the instrument."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from checklist.assessment import rules_for
from checklist.conditions import Atom
from checklist.facts import Facts, age_on, missing_documents
from checklist.instrument import Gate, Indicator, Instrument, Screen, Text
from checklist.routing import Situation, route
from checklist.vocabulary import Answer, PaperState, Purpose
from forms.countries import best_match
from forms.dates import Side, read_date
from forms.interview_rows import Guide, Option, PaperRow, Part, Row, Sheet
from forms.interview_state import State, note_of, used_answers

_ADULT, _CHILD = 30, 10
"""Ages that stand for their kind; the first is taken while the birth date is not known."""

_PRIVATE_PART, _SUPPORTING_PART = "E", "G"
_EXTRA_KEYS = ("4", "5")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, and on which day."""

    lang: str
    today: date


def sheet_of(state: State, instrument: Instrument, reader: Reader) -> Sheet:
    """Return the page for what stands on it."""
    age = age_of(state, reader.today)
    situation = situation_of(state, instrument, reader.today)
    answers = used_answers(state, instrument)
    path = route(situation, answers, instrument=instrument, rules=rules_for(instrument))
    is_child = situation.facts.age < instrument.adult_age
    steps = _asked_now(path.steps, instrument, is_begun=bool(answers))
    maker = _Maker(state, instrument, reader, situation, frozenset(steps))
    own = [code for code in steps if code in answers]
    return Sheet(
        headings={part.code: part.label.of(reader.lang) for part in instrument.sections},
        papers=maker.papers(),
        parts=maker.parts(),
        asked=len(steps),
        answered=len(own),
        unknown=sum(answers[code] is Answer.TD for code in own),
        notes=sum(bool(note_of(state, code)) for code in steps),
        is_child=is_child and age is not None,
        age=age,
    )


def age_of(state: State, today: date) -> int | None:
    """Return the declared age, or None while the birth date is not known."""
    born = read_date(state.get("applicant.birth_date", ""), today=today, side=Side.BEHIND)
    return age_on(born, today) if born and born <= today else None


def situation_of(state: State, instrument: Instrument, today: date) -> Situation:
    """Return what routing reads of the page beside the answers."""
    word = state.get("purpose", "")
    purpose = Purpose(word) if word in set(Purpose) else Purpose.LLN
    stay = state.get("stay_days", "")
    seen = {str(each): each for each in PaperState}
    documents = {
        paper.code: seen[text]
        for paper in instrument.papers
        if (text := state.get(f"documents.{paper.code}", "")) in seen
    }
    age = age_of(state, today)
    facts = Facts(
        purpose=purpose,
        interview_date=today,
        age=_ADULT if age is None else age,
        destination=best_match(state.get("destination", ""), instrument.countries),
        stay_days=int(stay) if stay.isascii() and stay.isdigit() else None,
        missing_documents=missing_documents(instrument.papers_for(purpose, today), documents),
    )
    return Situation(facts, read_date(state.get("departure_date", ""), today=today))


def _asked_now(
    steps: tuple[str, ...], instrument: Instrument, *, is_begun: bool
) -> tuple[str, ...]:
    """Leave out what supports the journey while nothing has been asked: no fact is open yet."""
    places = {item.code: item.screen.section for item in instrument.on_screen}
    return tuple(code for code in steps if is_begun or places[code] != _SUPPORTING_PART)


class _Maker:
    """Makes rows of one page."""

    def __init__(
        self,
        state: State,
        instrument: Instrument,
        reader: Reader,
        situation: Situation,
        steps: frozenset[str],
    ) -> None:
        self._state, self._instrument, self._steps = state, instrument, steps
        self._lang, self._today = reader.lang, reader.today
        self._purpose = situation.facts.purpose
        self._is_child = situation.facts.age < instrument.adult_age

    def parts(self) -> tuple[Part, ...]:
        reached = _PRIVATE_PART in self._state.get("reached", "")
        made = []
        for section in self._instrument.sections:
            items = [i for i in self._instrument.on_screen if i.screen.section == section.code]
            if not items:
                continue
            rows = self._rows(section.code, items)
            is_open = section.code != _PRIVATE_PART or reached
            if section.code == _SUPPORTING_PART:
                is_open = any(row.is_open for row in rows)
            label, intro = section.label.of(self._lang), section.intro.of(self._lang)
            made.append(Part(section.code, label, intro, rows, is_open))
        return tuple(made)

    def papers(self) -> tuple[PaperRow, ...]:
        options = tuple(Option(str(each), each.label(self._lang)) for each in PaperState)
        return tuple(
            PaperRow(
                code=paper.code,
                label=paper.label.of(self._lang),
                purpose=paper.purpose,
                how_to_check=paper.how_to_check.of(self._lang),
                basis=paper.basis.of(self._lang),
                options=options,
                chosen=self._state.get(f"documents.{paper.code}", ""),
                is_open=paper.purpose == self._purpose,
            )
            for paper in self._instrument.papers
            if paper.is_obligatory and paper.validity.covers(self._today)
        )

    def _rows(self, letter: str, items: list[Gate | Indicator]) -> tuple[Row, ...]:
        rows, count = [], 0
        for item in items:
            count += item.code in self._steps
            rows.append(self._row(item, f"{letter}{count}"))
        return tuple(rows)

    def _row(self, item: Gate | Indicator, number: str) -> Row:
        screen = item.screen
        gate = item.gate if isinstance(item, Indicator) else None
        owner = self._instrument.gates.get(gate or "")
        return Row(
            code=item.code,
            number=number,
            ask=screen.question(purpose=self._purpose, is_child=self._is_child).of(self._lang),
            asks=self._asks(screen),
            options=self._options(item),
            chosen=self._state.get(f"answers.{item.code}", ""),
            facts=self._facts(item),
            gate=gate or "",
            is_gate=isinstance(item, Gate),
            is_follow_up=owner is not None and owner.screen.section == screen.section,
            is_open=item.code in self._steps,
            is_for_purpose=self._is_for_applicant(item),
            note=self._state.get(f"notes.{item.code}", ""),
            guide=Guide(
                *(
                    text.of(self._lang)
                    for text in (
                        screen.say,
                        screen.guidance,
                        screen.example,
                        screen.counter_example,
                        screen.basis,
                    )
                )
            ),
        )

    def _asks(self, screen: Screen) -> Mapping[str, str]:
        variants: dict[str, Text] = {"": screen.ask, **screen.ask_by_purpose}
        if screen.ask_child:
            variants["child"] = screen.ask_child
        if len(variants) == 1:
            return {}
        return {name: text.of(self._lang) for name, text in variants.items()}

    def _options(self, item: Gate | Indicator) -> tuple[Option, ...]:
        stored = (Answer.YA, Answer.TIDAK)
        if item.screen.reversed:
            stored = (Answer.TIDAK, Answer.YA)
        allowed = item.answer.allowed if isinstance(item, Indicator) else tuple(stored)
        plain = [
            Option(str(answer), said.label(self._lang), key)
            for answer, said, key in zip(stored, (Answer.YA, Answer.TIDAK), "yt", strict=True)
            if answer in allowed
        ]
        extra = [
            Option(str(choice.value), choice.label.of(self._lang), key)
            for choice, key in zip(item.screen.choices, _EXTRA_KEYS, strict=False)
        ]
        unknown = Option(str(Answer.TD), Answer.TD.label(self._lang), "b")
        return (*plain[:-1], *extra, plain[-1], unknown)

    def _facts(self, item: Gate | Indicator) -> Mapping[str, str]:
        answers = item.answer.allowed if isinstance(item, Indicator) else (Answer.YA, Answer.TIDAK)
        return {
            str(answer): item.screen.fact(answer).of(self._lang)
            for answer in answers
            if answer is not Answer.TD
        }

    def _is_for_applicant(self, item: Gate | Indicator) -> bool:
        """Whether the question can be reached with this purpose and age, whatever is answered."""
        if isinstance(item, Gate):
            return True
        age = _CHILD if self._is_child else _ADULT
        return str(self._purpose) in item.purposes and any(
            all(_fits_age(atom, age) for atom in alternative) for alternative in item.applies_if
        )


def _fits_age(atom: Atom, age: int) -> bool:
    """Whether the age lets a comparison hold; what answers say may still change."""
    if atom.subject != "age":
        return True
    limit = int(atom.values[0])
    return age >= limit if atom.operator == ">=" else age < limit
