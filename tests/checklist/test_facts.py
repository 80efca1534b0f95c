"""Computed facts: ages, months, papers, differences."""

from datetime import date

import pytest

from checklist.facts import (
    Facts,
    age_on,
    missing_documents,
    nik_disagrees,
    replacement_months,
    whole_months,
)
from checklist.loading import load
from checklist.vocabulary import PaperState, Purpose, Sex

ON = date(2026, 11, 24)
V, U, M = PaperState.VERIFIED, PaperState.UNVERIFIED, PaperState.MISSING


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2008, 11, 24), ON, 18),
        (date(2008, 11, 25), ON, 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (ON, ON, 0),
    ],
)
def test_ages_are_whole_years(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 11, 24), date(2026, 11, 24), 12),
        (date(2025, 11, 25), date(2026, 11, 24), 11),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_months_are_whole(start: date, end: date, months: int) -> None:
    assert whole_months(start, end) == months


@pytest.mark.parametrize(
    ("service", "issued", "event", "months"),
    [
        ("hilang", date(2026, 1, 1), date(2026, 6, 1), 5),
        ("rusak", date(2026, 1, 1), date(2026, 6, 1), 5),
        ("ganti", date(2026, 1, 1), date(2026, 6, 1), None),
        ("hilang", None, date(2026, 6, 1), None),
        ("hilang", date(2026, 1, 1), None, None),
        (None, date(2026, 1, 1), date(2026, 6, 1), None),
    ],
)
def test_only_loss_and_damage_count(
    service: str | None, issued: date | None, event: date | None, months: int | None
) -> None:
    assert replacement_months(service, issued=issued, event_date=event) == months


@pytest.mark.parametrize(
    ("purpose", "states", "missing"),
    [
        (Purpose.WIS, {}, None),
        (Purpose.UMR, {}, None),
        (Purpose.UMR, {"SURAT-PPIU": V}, 0),
        (Purpose.UMR, {"SURAT-PPIU": U}, 0),
        (Purpose.UMR, {"SURAT-PPIU": M}, 1),
        (Purpose.KEL, {"SURAT-JAMINAN": M, "PASPOR-KELUARGA": M}, 2),
        (Purpose.KEL, {"SURAT-JAMINAN": M}, 1),
        (Purpose.KEL, {"SURAT-JAMINAN": V}, None),
        (Purpose.HAJ, {"BERKAS-KEMENAG": M, "SURAT-PIHK": V}, 0),
        (Purpose.HAJ, {"BERKAS-KEMENAG": V}, 0),
        (Purpose.HAJ, {"BERKAS-KEMENAG": M, "SURAT-PIHK": M}, 1),
        (Purpose.HAJ, {"BERKAS-KEMENAG": M}, 1),
        (Purpose.PLT, {"BUKU-PELAUT": V, "BST": V}, None),
        (Purpose.PLT, {"BUKU-PELAUT": V, "BST": V, "REKOM-AWAK": U}, 0),
        (Purpose.PLT, {"BUKU-PELAUT": M, "REKOM-AWAK": U}, 1),
        (Purpose.UMR, {"SURAT-PIHK": M, "SURAT-PPIU": V}, 0),
    ],
)
def test_missing_papers_are_counted_by_group(
    purpose: Purpose, states: dict[str, PaperState], missing: int | None
) -> None:
    assert missing_documents(load().papers_for(purpose, ON), states) == missing


def test_a_paper_is_obligatory_only_while_its_row_is_in_force() -> None:
    assert load().papers_for(Purpose.UMR, date(2023, 2, 21)) == ()
    assert [p.code for p in load().papers_for(Purpose.UMR, date(2023, 2, 22))] == ["SURAT-PPIU"]


def test_an_empty_nik_disagrees_with_nothing() -> None:
    born = date(1995, 1, 20)
    assert nik_disagrees(None, birth_date=born, sex=Sex.L) is None
    assert nik_disagrees("3528012001950003", birth_date=born, sex=Sex.L) is False
    assert nik_disagrees("3528012001950003", birth_date=born, sex=Sex.P) is True


@pytest.mark.parametrize(
    ("days", "before", "differs"),
    [
        (None, Purpose.KRJ, None),
        (10, None, None),
        (10, Purpose.UMR, False),
        (10, Purpose.KRJ, True),
    ],
)
def test_a_purpose_differs_only_from_one_that_is_known(
    days: int | None, before: Purpose | None, differs: bool | None
) -> None:
    facts = Facts(Purpose.UMR, ON, 30, prior_np_refusal_days=days, prior_np_refusal_purpose=before)
    assert facts.refused_for_other_purpose is differs
