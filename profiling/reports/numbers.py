"""How a report writes numbers, shares, intervals, durations and days, in either language."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from profiling import clock
from profiling.reports.intervals import Share
from profiling.reports.periods import month_name

FEW = 20
"""Below this many, a share is written as a count: 5 dari 8."""

NONE = "-"
_MINUTE = 60
_POINTS_AND_COMMAS = str.maketrans(",.", ".,")
_WORDS = {
    "id": "tidak satu pun,satu,dua,tiga,empat,lima,enam,tujuh,delapan,sembilan,sepuluh",
    "en": "none,one,two,three,four,five,six,seven,eight,nine,ten",
}


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in one language."""

    lang: str

    def say(self, indonesian: str, english: str) -> str:
        """Return the text in this language."""
        return english if self.lang == "en" else indonesian

    def number(self, value: float, digits: int = 0) -> str:
        """Write 1.234,5 or 1,234.5."""
        text = f"{value:,.{digits}f}"
        return text if self.lang == "en" else text.translate(_POINTS_AND_COMMAS)

    def percent(self, value: float | None, digits: int = 1) -> str:
        """Write 12,5%."""
        return NONE if value is None else f"{self.number(value * 100, digits)}%"

    def of(self, part: int, whole: int) -> str:
        """Write 5 dari 8."""
        return self.say(
            f"{self.number(part)} dari {self.number(whole)}",
            f"{self.number(part)} of {self.number(whole)}",
        )

    def share(self, share: Share, digits: int = 1) -> str:
        """Write a share as percent, or as counts where there are few."""
        if share.n == 0:
            return NONE
        if share.n < FEW:
            return self.of(share.part, share.n)
        return self.percent(share.value, digits)

    def interval(self, share: Share, digits: int = 1) -> str:
        """Write 98,0-98,9%, n = 2.941."""
        if share.low is None or share.high is None:
            return self.say("n = 0", "n = 0")
        low = self.number(share.low * 100, digits)
        return f"{low}-{self.percent(share.high, digits)}, n = {self.number(share.n)}"

    def duration(self, seconds: float) -> str:
        """Write 2 menit 48 detik."""
        minutes, rest = divmod(round(seconds), _MINUTE)
        minute, second = self.say("menit", "min"), self.say("detik", "s")
        return f"{minutes} {minute} {rest} {second}" if minutes else f"{rest} {second}"

    def short_duration(self, seconds: float) -> str:
        """Write 2.48."""
        minutes, rest = divmod(round(seconds), _MINUTE)
        return f"{minutes}{self.say('.', ':')}{rest:02}"

    def day(self, day: date) -> str:
        """Write 2 November 2026."""
        return f"{day.day} {month_name(day, self.lang)} {day.year}"

    def moment(self, moment: datetime, zone: ZoneInfo) -> str:
        """Write 2 November 2026, 07.00 WIB."""
        local = clock.local(moment, zone)
        time = local.strftime(self.say("%H.%M", "%H:%M"))
        return f"{self.day(local.date())}, {time} {local.tzname()}"

    def short_month(self, day: date) -> str:
        """Write Okt 2026."""
        return f"{self.month_mark(day)} {day.year}"

    def month_mark(self, day: date) -> str:
        """Write Okt."""
        name = month_name(day, self.lang)
        return "Agu" if (name, self.lang) == ("Agustus", "id") else name[:3]

    def in_tenths(self, value: float) -> str:
        """Write Enam dari sepuluh."""
        word = _WORDS[self.lang].split(",")[round(value * 10)]
        text = f"{word} {self.say('dari sepuluh', 'of ten')}"
        return text[:1].upper() + text[1:]

    def in_hundreds(self, value: float) -> str:
        """Write 93 dari 100."""
        return f"{round(value * 100)} {self.say('dari 100', 'of 100')}"
