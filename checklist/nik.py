"""Reading the national identity number (NIK): structure, calendar, sex."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from checklist.regions import districts
from checklist.vocabulary import Sex

LENGTH = 16
_FEMALE_DAYS = 40
_SIMULATED_PROVINCE = "99"
# Sumatra, Java, Bali and Nusa Tenggara, Kalimantan, Sulawesi, Maluku, Papua.
_PROVINCES = frozenset(
    str(number)
    for first, last in (
        (11, 19),
        (21, 21),
        (31, 36),
        (51, 53),
        (61, 65),
        (71, 76),
        (81, 82),
        (91, 96),
    )
    for number in range(first, last + 1)
)


class NikProblem(StrEnum):
    """Why a text cannot be a NIK."""

    NOT_16_DIGITS = "not_16_digits"
    NOT_DIGITS = "not_digits"
    SERIAL_ZERO = "serial_zero"
    NO_SUCH_DATE = "no_such_date"


class NikWarning(StrEnum):
    """What to check again for typing errors; never a refusal."""

    BIRTH_DATE = "birth_date"
    SEX = "sex"
    DISTRICT = "district"


class NikError(ValueError):
    """The text cannot be a NIK; the text itself is not repeated."""

    def __init__(self, problem: NikProblem, given: int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.given = given

    def sentence(self, lang: str = "id") -> str:
        """Say what is wrong and what to do."""
        return _PROBLEM_SENTENCES[self.problem][lang != "id"].format(given=self.given)


@dataclass(frozen=True, slots=True)
class Nik:
    """A well-formed NIK; its digits stay out of logs."""

    digits: str = field(repr=False)

    @property
    def district(self) -> str:
        """The six digits of the district of first registration."""
        return self.digits[:6]

    @property
    def sex(self) -> Sex:
        """The sex it implies."""
        return Sex.P if int(self.digits[6:8]) > _FEMALE_DAYS else Sex.L

    @property
    def serial(self) -> str:
        """The last four digits."""
        return self.digits[12:]

    @property
    def is_simulated(self) -> bool:
        """Whether the number is reserved for simulation."""
        return self.digits.startswith(_SIMULATED_PROVINCE)

    def birth_date(self, *, declared: date | None = None, on: date | None = None) -> date:
        """Return the birth date it implies, in the century nearest to the declared one.

        Without a declared date it is the latest such day that is not after `on`.
        """
        day, month, year = _day(self.digits), int(self.digits[8:10]), int(self.digits[10:12])
        candidates = [
            date(century + year, month, day)
            for century in (1900, 2000)
            if _exists(century + year, month, day)
        ]
        if declared is not None:
            return min(candidates, key=lambda born: abs((born - declared).days))
        past = [born for born in candidates if on is None or born <= on]
        return max(past or candidates)

    def agrees_with(self, *, birth_date: date, sex: Sex) -> bool:
        """Whether digits 7 to 12 are those of the declared birth date and sex."""
        return self.digits[6:12] == implied_digits(birth_date, sex)

    def warnings(self, *, birth_date: date | None, sex: Sex | None) -> tuple[NikWarning, ...]:
        """List what to read again from the card."""
        found = []
        if birth_date is not None and not _same_day(self.digits, birth_date):
            found.append(NikWarning.BIRTH_DATE)
        if sex is not None and sex is not self.sex:
            found.append(NikWarning.SEX)
        if not self._district_is_known():
            found.append(NikWarning.DISTRICT)
        return tuple(found)

    def _district_is_known(self) -> bool:
        if self.is_simulated:
            return True
        districts_here, regencies_here = _listed()
        if self.digits[:4] in regencies_here:
            return self.district in districts_here
        return self.digits[:2] in _PROVINCES and not self.district.endswith("00")


def read_nik(text: str) -> Nik:
    """Read a NIK, or refuse it with the reason."""
    if not (text.isascii() and text.isdigit()):
        raise NikError(NikProblem.NOT_DIGITS, len(text))
    if len(text) != LENGTH:
        raise NikError(NikProblem.NOT_16_DIGITS, len(text))
    if text.endswith("0000"):
        raise NikError(NikProblem.SERIAL_ZERO, len(text))
    # 2000 is a leap year and 1900 is not, so this century holds every day the digits can mean.
    if not _exists(2000 + int(text[10:12]), int(text[8:10]), _day(text)):
        raise NikError(NikProblem.NO_SUCH_DATE, len(text))
    return Nik(text)


def implied_digits(birth_date: date, sex: Sex) -> str:
    """Return digits 7 to 12 that a NIK of this person should have."""
    day = birth_date.day + (_FEMALE_DAYS if sex is Sex.P else 0)
    return f"{day:02}{birth_date.month:02}{birth_date.year % 100:02}"


def masked(nik: str | None) -> str:
    """Return the first and last four digits; nothing where there is no NIK."""
    return f"{nik[:4]}••••••••{nik[-4:]}" if nik else ""


def warning_sentence(warning: NikWarning, lang: str = "id") -> str:
    """Say what to check again."""
    return _WARNING_SENTENCES[warning][lang != "id"]


@cache
def _listed() -> tuple[frozenset[str], frozenset[str]]:
    """The districts and regencies this office serves; elsewhere only the province is known."""
    codes = frozenset(region.code.replace(".", "") for region in districts())
    return codes, frozenset(code[:4] for code in codes)


def _day(digits: str) -> int:
    day = int(digits[6:8])
    return day - _FEMALE_DAYS if day > _FEMALE_DAYS else day


def _same_day(digits: str, birth_date: date) -> bool:
    implied = (_day(digits), int(digits[8:10]), int(digits[10:12]))
    return implied == (birth_date.day, birth_date.month, birth_date.year % 100)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_PROBLEM_SENTENCES: Mapping[NikProblem, tuple[str, str]] = MappingProxyType(
    {
        NikProblem.NOT_16_DIGITS: (
            "NIK terdiri atas 16 angka. Yang terisi {given} angka. Baca ulang dari KTP.",
            "A NIK has 16 digits. {given} digits were given. Read it again from the card.",
        ),
        NikProblem.NOT_DIGITS: (
            "NIK terdiri atas 16 angka, tanpa huruf atau tanda lain. Baca ulang dari KTP.",
            "A NIK has 16 digits, no letters or other signs. Read it again from the card.",
        ),
        NikProblem.SERIAL_ZERO: (
            "Empat angka terakhir NIK tidak mungkin 0000. Baca ulang dari KTP.",
            "The last four digits of a NIK cannot be 0000. Read it again from the card.",
        ),
        NikProblem.NO_SUCH_DATE: (
            "Angka ke-7 sampai ke-12 NIK bukan tanggal. Baca ulang dari KTP.",
            "Digits 7 to 12 of the NIK are not a date. Read it again from the card.",
        ),
    }
)
_WARNING_SENTENCES: Mapping[NikWarning, tuple[str, str]] = MappingProxyType(
    {
        NikWarning.BIRTH_DATE: (
            "Tanggal lahir tidak sama dengan yang tersirat pada NIK. Periksa dulu salah ketik.",
            "The birth date is not the one the NIK implies. Check for typing errors first.",
        ),
        NikWarning.SEX: (
            "Jenis kelamin tidak sama dengan yang tersirat pada NIK. Periksa dulu salah ketik.",
            "The sex is not the one the NIK implies. Check for typing errors first.",
        ),
        NikWarning.DISTRICT: (
            "Kode kecamatan pada NIK belum dikenal. Periksa dulu salah ketik.",
            "The district code of the NIK is not known. Check for typing errors first.",
        ),
    }
)
