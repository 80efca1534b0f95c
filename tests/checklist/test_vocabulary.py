"""Words have labels in both languages; bands are ordered; cases move only along the table."""

import pytest

from checklist import vocabulary
from checklist.vocabulary import (
    CASE_TRANSITIONS,
    Answer,
    Band,
    CaseAction,
    CaseOrigin,
    CaseState,
    Disposition,
    Judgement,
    Outcome,
    TransitionRefusedError,
    Word,
    closing_action,
    next_case_state,
)

WORDS = [
    member
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, Word)
    for member in kind
]


def test_every_word_has_two_labels() -> None:
    assert len(WORDS) > 70
    assert [word for word in WORDS if not (word.label("id") and word.label("en"))] == []


def test_bands_are_ordered_by_urgency() -> None:
    assert sorted(Band) == [Band.HIJAU, Band.KUNING, Band.MERAH]
    assert Band.MERAH > Band.KUNING >= Band.KUNING > Band.HIJAU
    assert Band.HIJAU <= Band.KUNING < Band.MERAH
    assert max(Band("kuning"), Band.HIJAU) is Band.KUNING
    assert [Judgement(word).matching_band.severity for word in Judgement] == [0, 1, 2]


def test_only_ya_and_its_kind_are_adverse() -> None:
    assert [word for word in Answer if not word.is_adverse] == [Answer.TIDAK, Answer.TD]


@pytest.mark.parametrize(
    ("outcome", "label"),
    [
        (Outcome.TIDAK_TERBUKTI, 0),
        (Outcome.INDIKASI_NP, 1),
        (Outcome.INDIKASI_TPPO, 1),
        (Outcome.DOKUMEN_IDENTITAS, 0),
        (Outcome.PERLU_BAKET, None),
    ],
)
def test_what_an_outcome_teaches(outcome: Outcome, label: int | None) -> None:
    assert outcome.training_label == label


@pytest.mark.parametrize("disposition", Disposition)
def test_officers_never_refuse(disposition: Disposition) -> None:
    usual = {Disposition.LANJUT, Disposition.TUNDA, Disposition.RUJUK, Disposition.BATAL}
    assert disposition.is_allowed(role="officer", outcome=None) == (disposition in usual)
    after = disposition.is_allowed(role="officer", outcome=Outcome.INDIKASI_TPPO)
    assert after == (disposition in usual)


@pytest.mark.parametrize(
    ("disposition", "outcomes"),
    [
        (Disposition.TOLAK_NP, {Outcome.INDIKASI_NP, Outcome.INDIKASI_TPPO}),
        (Disposition.TOLAK_KET, {Outcome.DOKUMEN_IDENTITAS}),
        (
            Disposition.TANGGUH,
            {Outcome.INDIKASI_NP, Outcome.INDIKASI_TPPO, Outcome.DOKUMEN_IDENTITAS},
        ),
    ],
)
def test_some_refusals_need_the_outcome_of_a_case(
    disposition: Disposition, outcomes: set[Outcome]
) -> None:
    allowed = {o for o in Outcome if disposition.is_allowed(role="supervisor", outcome=o)}
    assert allowed == outcomes
    assert not disposition.is_allowed(role="supervisor", outcome=None)
    assert Disposition.TOLAK_ADM.is_allowed(role="supervisor", outcome=None)


def test_severities_compare_with_bands() -> None:
    severities = {word.value: word.severity for word in Disposition}
    assert severities == {
        "LANJUT": 0,
        "TUNDA": 1,
        "RUJUK": 2,
        "BATAL": None,
        "TOLAK-ADM": 2,
        "TOLAK-NP": 2,
        "TOLAK-KET": 2,
        "TANGGUH": 2,
        "CEGAH": 2,
    }


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("action", CaseAction)
def test_cases_move_only_along_the_table(state: CaseState, action: CaseAction) -> None:
    after = CASE_TRANSITIONS.get((state, action))
    if after is None:
        with pytest.raises(TransitionRefusedError) as refused:
            next_case_state(state, action)
        assert (refused.value.state, refused.value.action) == (state, action)
    else:
        assert next_case_state(state, action) is after


def test_the_natural_path_of_a_case() -> None:
    state = CaseState.BARU
    for action, wanted in (
        (CaseAction.TAKE, CaseState.DIAMBIL),
        (CaseAction.FINDING, CaseState.DIDALAMI),
        (CaseAction.FINDING_WAITING, CaseState.MENUNGGU),
        (CaseAction.FINDING, CaseState.DIDALAMI),
        (CaseAction.CLOSE_UNREAD, CaseState.SELESAI),
        (CaseAction.CONFIRM, CaseState.DITUTUP),
        (CaseAction.REOPEN, CaseState.DIDALAMI),
    ):
        state = next_case_state(state, action)
        assert state is wanted
    assert [s for s in CaseState if not s.is_open] == [CaseState.DITUTUP]


def test_only_an_unconfirmed_merah_case_waits_for_a_second_reader() -> None:
    waiting = {
        (origin, outcome)
        for origin in CaseOrigin
        for outcome in Outcome
        if closing_action(origin, outcome) is CaseAction.CLOSE_UNREAD
    }
    assert waiting == {(CaseOrigin.MERAH, Outcome.TIDAK_TERBUKTI)}
