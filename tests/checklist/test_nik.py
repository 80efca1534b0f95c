"""Reading a NIK: what it refuses, what it warns about, what it implies."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.nik import (
    NikError,
    NikProblem,
    NikWarning,
    implied_digits,
    read_nik,
    warning_sentence,
)
from checklist.vocabulary import Sex


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("352801200195000", NikProblem.NOT_16_DIGITS),
        ("35280120019500031", NikProblem.NOT_16_DIGITS),
        ("352801200195000A", NikProblem.NOT_DIGITS),
        ("٣528012001950003", NikProblem.NOT_DIGITS),
        ("", NikProblem.NOT_DIGITS),
        ("3528012001950000", NikProblem.SERIAL_ZERO),
        ("3528013102950003", NikProblem.NO_SUCH_DATE),
        ("3528010001950003", NikProblem.NO_SUCH_DATE),
        ("3528014001950003", NikProblem.NO_SUCH_DATE),
        ("3528017201950003", NikProblem.NO_SUCH_DATE),
        ("3528018101950003", NikProblem.NO_SUCH_DATE),
        ("3528012013950003", NikProblem.NO_SUCH_DATE),
        ("3528012902950003", NikProblem.NO_SUCH_DATE),
    ],
)
def test_what_cannot_be_a_nik_is_refused(text: str, problem: NikProblem) -> None:
    with pytest.raises(NikError) as refused:
        read_nik(text)
    assert refused.value.problem is problem
    for lang in ("id", "en"):
        assert not text or text not in refused.value.sentence(lang)


def test_the_sentence_says_how_many_digits_were_given() -> None:
    with pytest.raises(NikError) as refused:
        read_nik("352801200195000")
    wanted = "NIK terdiri atas 16 angka. Yang terisi 15 angka. Baca ulang dari KTP."
    assert refused.value.sentence() == wanted
    assert "15 digits were given" in refused.value.sentence("en")


def test_a_woman_has_forty_added_to_the_day() -> None:
    nik = read_nik("3528016001950003")
    assert nik.sex is Sex.P
    assert nik.birth_date(declared=date(1995, 1, 20)) == date(1995, 1, 20)
    assert (nik.district, nik.serial) == ("352801", "0003")
    assert nik.agrees_with(birth_date=date(1995, 1, 20), sex=Sex.P)
    assert not nik.agrees_with(birth_date=date(1995, 1, 20), sex=Sex.L)


@pytest.mark.parametrize(
    ("declared", "on", "wanted"),
    [
        (date(1912, 3, 1), None, date(1912, 3, 1)),
        (date(2013, 3, 1), None, date(2012, 3, 1)),
        (None, date(2026, 11, 24), date(2012, 3, 1)),
        (None, date(2011, 1, 1), date(1912, 3, 1)),
        (None, date(1900, 1, 1), date(2012, 3, 1)),
        (None, None, date(2012, 3, 1)),
    ],
)
def test_the_century_follows_what_is_known(
    declared: date | None, on: date | None, wanted: date
) -> None:
    assert read_nik("3528010103120001").birth_date(declared=declared, on=on) == wanted


def test_a_leap_day_of_1900_never_was() -> None:
    assert read_nik("3528012902000001").birth_date(declared=date(1901, 1, 1)) == date(2000, 2, 29)


def test_differences_warn_and_never_refuse() -> None:
    nik = read_nik("3528992001950003")
    found = nik.warnings(birth_date=date(1995, 1, 21), sex=Sex.P)
    assert found == (NikWarning.BIRTH_DATE, NikWarning.SEX, NikWarning.DISTRICT)
    assert nik.warnings(birth_date=None, sex=None) == (NikWarning.DISTRICT,)
    wanted = "Tanggal lahir tidak sama dengan yang tersirat pada NIK. Periksa dulu salah ketik."
    assert warning_sentence(NikWarning.BIRTH_DATE) == wanted
    assert all(warning_sentence(w, "en") for w in NikWarning)


@pytest.mark.parametrize(
    ("start", "is_known"),
    [
        ("352901", True),
        ("352927", True),
        ("352928", False),
        ("352900", False),
        ("317401", True),
        ("317400", False),
        ("203401", False),
        ("960101", True),
        ("999999", True),
    ],
)
def test_an_unknown_district_warns_but_simulated_numbers_never_do(
    start: str, is_known: bool
) -> None:
    nik = read_nik(f"{start}2001950003")
    found = nik.warnings(birth_date=date(1995, 1, 20), sex=Sex.L)
    assert found == (() if is_known else (NikWarning.DISTRICT,))
    assert nik.is_simulated == start.startswith("99")


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.sampled_from(Sex))
def test_digits_made_for_a_person_agree_with_the_person(born: date, sex: Sex) -> None:
    nik = read_nik(f"352801{implied_digits(born, sex)}0001")
    assert nik.agrees_with(birth_date=born, sex=sex)
    assert nik.birth_date(declared=born) == born
    assert nik.warnings(birth_date=born, sex=sex) == ()
    assert nik.digits not in repr(nik)
