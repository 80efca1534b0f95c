"""Countries as typed at the counter."""

import pytest

from checklist.loading import load
from forms.countries import best_match


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ar", "SAU"),
        ("sau", "SAU"),
        ("Arab Saudi", "SAU"),
        ("saudi", "SAU"),
        ("ma", "MYS"),
        ("mal", "MYS"),
        ("malaysia", "MYS"),
        ("aland", "ALA"),
        ("kam", "KHM"),
        ("khm", "KHM"),
        ("turki", "TUR"),
    ],
)
def test_the_best_match_comes_first(typed: str, code: str) -> None:
    assert best_match(typed, load().countries) == code


@pytest.mark.parametrize("typed", ["", "a", "zz", "?", "negeri jauh"])
def test_what_is_no_country_is_not_guessed(typed: str) -> None:
    assert best_match(typed, load().countries) is None


def test_every_country_is_found_by_its_name_in_both_languages() -> None:
    countries = load().countries
    for lang in ("id", "en"):
        for code, name in countries.items():
            assert best_match(name.of(lang), countries, lang) == code, name
