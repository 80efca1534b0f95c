"""The signals of a monthly series as sentences."""

from collections.abc import Sequence
from datetime import date

from profiling.reports.numbers import Pen
from profiling.reports.periods import month_name
from profiling.reports.xmr import Finding, Signal

_COUNTS = {
    "id": "Nol,Satu,Dua,Tiga,Empat,Lima,Enam,Tujuh,Delapan,Sembilan,Sepuluh,Sebelas",
    "en": "Zero,One,Two,Three,Four,Five,Six,Seven,Eight,Nine,Ten,Eleven",
}

_REMARKS = {
    (Signal.OUTSIDE, True): ("{month}, di luar batas", "outside the limits in {month}"),
    (Signal.OUTSIDE, False): ("{month}, di luar batas", "outside the limits in {month}"),
    (Signal.RUN, True): ("sejak {month}, di atas rata-rata", "above the mean since {month}"),
    (Signal.RUN, False): ("sejak {month}, di bawah rata-rata", "below the mean since {month}"),
    (Signal.TREND, True): ("sejak {month}, terus naik", "rising since {month}"),
    (Signal.TREND, False): ("sejak {month}, terus turun", "falling since {month}"),
    (Signal.NEAR, True): ("sejak {month}, dekat batas", "near the limit since {month}"),
    (Signal.NEAR, False): ("sejak {month}, dekat batas", "near the limit since {month}"),
}
_SENTENCES = {
    (Signal.OUTSIDE, True): ("{word} bulan di atas batas", "{word} months above the limit"),
    (Signal.OUTSIDE, False): ("{word} bulan di bawah batas", "{word} months below the limit"),
    (Signal.RUN, True): (
        "{word} bulan berturut-turut di atas rata-rata",
        "{word} months in a row above the mean",
    ),
    (Signal.RUN, False): (
        "{word} bulan berturut-turut di bawah rata-rata",
        "{word} months in a row below the mean",
    ),
    (Signal.TREND, True): ("{word} bulan berturut-turut naik", "{word} months rising in a row"),
    (Signal.TREND, False): ("{word} bulan berturut-turut turun", "{word} months falling in a row"),
    (Signal.NEAR, True): ("Dua dari tiga bulan dekat batas", "Two of three months near a limit"),
    (Signal.NEAR, False): ("Dua dari tiga bulan dekat batas", "Two of three months near a limit"),
}


def sentence_of(finding: Finding, pen: Pen) -> str:
    """Return what a person should read of one signal."""
    return f"{_what(finding, pen)}: {_next_step(pen)}"


def remark_of(
    findings: Sequence[Finding], months: Sequence[date], pen: Pen
) -> tuple[int, str] | None:
    """Return where the strongest signal begins and a few words to write there."""
    if not findings:
        return None
    order = (Signal.RUN, Signal.TREND, Signal.OUTSIDE, Signal.NEAR)
    finding = min(findings, key=lambda f: (order.index(f.signal), -f.positions[-1]))
    begin = finding.positions[-1 if finding.signal is Signal.OUTSIDE else 0]
    month = f"{month_name(months[begin], pen.lang)} {months[begin].year}"
    return begin, _where(finding, month, pen)


def _where(finding: Finding, month: str, pen: Pen) -> str:
    indonesian, english = _REMARKS[finding.signal, finding.is_above]
    return pen.say(indonesian, english).format(month=month)


def _what(finding: Finding, pen: Pen) -> str:
    count = len(finding.positions)
    words = _COUNTS[pen.lang].split(",")
    word = words[count] if count < len(words) else str(count)
    if finding.signal is Signal.OUTSIDE and count == 1:
        return pen.say("Satu bulan di luar batas", "One month outside the limits")
    indonesian, english = _SENTENCES[finding.signal, finding.is_above]
    return pen.say(indonesian, english).format(word=word)


def _next_step(pen: Pen) -> str:
    return pen.say("ada perubahan, periksa sebabnya.", "something has changed, look for the cause.")
