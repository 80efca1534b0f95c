"""Browser and server read alike: dates, countries, and which questions come next."""

import json
import random
from datetime import date
from typing import Any

from checklist.assessment import rules_for
from checklist.loading import load
from checklist.routing import route
from checklist.vocabulary import Purpose
from forms.countries import best_match
from forms.dates import Side, read_date
from forms.interview_sheet import situation_of
from forms.interview_state import used_answers
from tests.browser.desk import Enter
from tests.browser.live import LiveSite

TODAY = date(2026, 11, 24)
TEXTS = [
    *[
        "2012",
        "201226",
        "20122026",
        "20/12/2026",
        "20-12-26",
        "20.12.26",
        "1-3-92",
        "010392",
        "2902",
        "290200",
        "310426",
    ],
    *[
        "20 des",
        "20 Desember 2026",
        "3 mei",
        "17 agustus 1945",
        "1 nop 26",
        "5 may",
        "20des",
        "31 feb",
        "12/20/2026",
    ],
    *[
        "",
        "?",
        "besok",
        "2",
        "123",
        "20 12",
        "20 12 2026",
        "2026-12-20",
        "2026-13-01",
        "00",
        "0000",
        "9999",
        "32-01-2026",
        "24 nov",
        "23 nov",
    ],
]
READ_DATES = """async ([module, texts, today]) => {
  const { readDate } = await import(module);
  const day = (text, side) => readDate(text, new Date(`${today}T00:00:00Z`), side)?.toISOString().slice(0, 10) ?? null;
  return texts.map((text) => [day(text, "ahead"), day(text, "behind")]);
}"""
READ_COUNTRIES = """async ([module, texts]) => {
  const { bestMatch } = await import(module);
  const { countries } = JSON.parse(document.querySelector("#interview").dataset.tables);
  return texts.map((text) => bestMatch(text, countries)?.[0] ?? null);
}"""
ROUTE = """async ([module, states, today]) => {
  const { missingPapers, route } = await import(module);
  const tables = JSON.parse(document.querySelector("#interview").dataset.tables);
  return states.map(({ purpose, age, stay, destination, departure, documents, answers }) => {
    const papers = new Map(Object.entries(documents));
    const missing = missingPapers(tables, purpose, papers);
    const facts = { purpose, age, stay_days: stay, destination, missing_documents: missing };
    return route(tables, {
      purpose, facts, answers: new Map(Object.entries(answers)),
      departure: departure && new Date(`${departure}T00:00:00Z`), today: new Date(`${today}T00:00:00Z`),
    });
  });
}"""


def test_dates_are_read_alike(live: LiveSite, enter: Enter) -> None:
    by_script = run(live, enter, READ_DATES, "dates", TEXTS, TODAY.isoformat())
    by_server = [[iso(text, side) for side in (Side.AHEAD, Side.BEHIND)] for text in TEXTS]
    assert by_script == by_server


def test_countries_are_read_alike(live: LiveSite, enter: Enter) -> None:
    countries = load().countries
    names = [name.id for name in countries.values()]
    texts = [*names, *{name[:2] for name in names}, *countries, "saudi", "zz", "korea", "rep", "?"]
    by_script = run(live, enter, READ_COUNTRIES, "countries", texts)
    assert by_script == [best_match(text, countries) for text in texts]


def test_questions_follow_alike(live: LiveSite, enter: Enter) -> None:
    chance = random.Random(20261124)
    states = [any_state(chance) for _ in range(400)]
    by_script = run(live, enter, ROUTE, "routing", states, TODAY.isoformat())
    instrument = load()
    rules = rules_for(instrument)
    for state, steps in zip(states, by_script, strict=True):
        fields = fields_of(state)
        situation = situation_of(fields, instrument, TODAY)
        answers = used_answers(fields, instrument)
        path = route(situation, answers, instrument=instrument, rules=rules)
        assert steps == list(path.steps), json.dumps(state)


def any_state(chance: random.Random) -> dict[str, Any]:
    """Return an interview in some state, likely or not."""
    instrument = load()
    purpose = str(chance.choice(list(Purpose)))
    papers = [paper.code for paper in instrument.papers_for(purpose, TODAY)]
    seen = ("verified", "unverified", "missing")
    answers = {code: chance.choice(("ya", "tidak", "td")) for code in instrument.gates}
    for code in instrument.questions:
        if chance.random() < 0.6:
            allowed = [str(answer) for answer in instrument.indicators[code].answer.allowed]
            answers[code] = chance.choice([*allowed, "tidak", "tidak"])
            if answers[code] not in allowed:
                answers[code] = allowed[0]
    return {
        "purpose": purpose,
        "age": chance.choice((9, 16, 17, 18, 30, 64)),
        "stay": chance.choice((None, 5, 30, 31, 90, 91)),
        "destination": chance.choice((None, "SAU", "MYS", "KHM", "MMR")),
        "departure": chance.choice((None, "2026-11-30", "2026-12-24", "2026-12-25", "2027-02-01")),
        "documents": {code: chance.choice(seen) for code in papers if chance.random() < 0.8},
        "answers": answers,
    }


def fields_of(state: dict[str, Any]) -> dict[str, str]:
    """Return the state as the page's fields."""
    fields = {
        "purpose": state["purpose"],
        "applicant.birth_date": f"01-01-{TODAY.year - state['age']}",
        "stay_days": "" if state["stay"] is None else str(state["stay"]),
        "destination": state["destination"] or "",
        "departure_date": state["departure"] or "",
        **{f"documents.{code}": seen for code, seen in state["documents"].items()},
        **{f"answers.{code}": word for code, word in state["answers"].items()},
    }
    return {name: text for name, text in fields.items() if text}


def iso(text: str, side: Side) -> str | None:
    day = read_date(text, today=TODAY, side=side)
    return day.isoformat() if day else None


def run(live: LiveSite, enter: Enter, script: str, module: str, *values: object) -> Any:
    """Run a module of the interview page over values."""
    page = enter().open(f"/interviews/new?application={live.book()}")
    page.wait_for_selector("form[data-ready]")
    address = page.get_attribute("script[src*='interview/main.js']", "src")
    assert address
    return page.evaluate(script, [address.replace("main.js", f"{module}.js"), *values])
