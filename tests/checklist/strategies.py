"""Generated records: any facts, any answers, in every combination that can occur."""

from datetime import date

from hypothesis import strategies as st

from checklist.assessment import Record, load_rules
from checklist.coding import answers_of
from checklist.facts import Facts
from checklist.loading import load
from checklist.vocabulary import Purpose

INSTRUMENT = load()
RULES = load_rules()


def _few(*values: int) -> st.SearchStrategy[int | None]:
    return st.sampled_from([None, *values])


facts = st.builds(
    Facts,
    purpose=st.sampled_from(list(Purpose)),
    interview_date=st.sampled_from([date(2024, 12, 31), date(2025, 1, 1), date(2026, 11, 24)]),
    age=st.sampled_from([0, 9, 17, 18, 19, 40, 90]),
    destination=st.sampled_from([None, "SAU", "KHM", "MMR", "LAO", "THA", "MYS"]),
    stay_days=_few(0, 30, 31, 60, 61, 90, 91),
    missing_documents=_few(0, 1, 3),
    nik_disagrees=st.sampled_from([None, True, False]),
    prior_np_refusal_days=_few(0, 180, 181, 4000),
    prior_np_refusal_purpose=st.sampled_from([None, *Purpose]),
    shared_contact_households_90d=_few(0, 2, 3),
    shared_third_party_households_180d=_few(0, 2, 3),
    watchlist_hit=st.sampled_from([None, False, False, False, True]),
    replacement_months=_few(0, 11, 12, 40),
    replacements_5y=_few(0, 1, 2),
)
answers = st.fixed_dictionaries(
    {},
    optional={
        code: st.sampled_from([*map(str, item.answer.allowed), "tidak", "tidak"])
        for code, item in INSTRUMENT.indicators.items()
        if item.is_asked
    },
)


def record(facts: Facts, answers: dict[str, str]) -> Record:
    return Record(facts, answers_of(answers, RULES.questions))


records = st.builds(record, facts, answers)
