"""Countries as people type them: two letters of the name or the code, the best match first."""

import unicodedata
from collections.abc import Mapping

from checklist.instrument import Text

_OFTEN = ("SAU", "MYS", "SGP", "BRN", "HKG", "TWN", "JPN", "KOR", "ARE", "QAT", "TUR", "THA", "KHM")
_SHORTEST = 2


def best_match(typed: str, countries: Mapping[str, Text], lang: str = "id") -> str | None:
    """Return the code of the country that the text means, or None."""
    wanted = folded(typed)
    if len(wanted) < _SHORTEST:
        return None
    ranked = sorted(
        (rank, place, code)
        for place, code in enumerate(in_order(countries))
        if (rank := _rank(wanted, code, countries[code], lang)) is not None
    )
    return ranked[0][2] if ranked else None


def in_order(countries: Mapping[str, Text]) -> list[str]:
    """Return the codes with frequent destinations first."""
    often = [code for code in _OFTEN if code in countries]
    return often + [code for code in countries if code not in _OFTEN]


def folded(text: str) -> str:
    """Return small letters without accents, blanks made single."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _rank(wanted: str, code: str, name: Text, lang: str) -> int | None:
    if wanted == code.lower():
        return 0
    for distance, text in enumerate((name.of(lang), name.of("en" if lang == "id" else "id"))):
        words = folded(text)
        if words == wanted:
            return 1 + distance
        if words.startswith(wanted):
            return 3 + distance
        if any(word.startswith(wanted) for word in words.split()):
            return 5 + distance
    return 7 if code.lower().startswith(wanted) else None
