"""The longer tables of a report: trips, answers, groups of people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checklist.loading import load
from checklist.regions import find_region
from checklist.vocabulary import Purpose, Sex
from profiling.reports.chart import Table
from profiling.reports.figures import figures
from profiling.reports.intervals import wilson
from profiling.reports.monthly import Report
from profiling.reports.numbers import Pen
from profiling.reports.suppression import LEAST, Shown


@dataclass(frozen=True, slots=True)
class Section:
    """Tables under one heading; `is_long` ones open on request."""

    key: str
    title: str
    note: str
    tables: tuple[Table, ...]
    is_long: bool = False


def sections_of(report: Report, pen: Pen) -> tuple[Section, ...]:
    """Return the sections that have something to show."""
    if not report.headline.interviews.interviews:
        return ()
    return (_trips(report, pen), *_groups(report, pen), _answers(report, pen))


def _trips(report: Report, pen: Pen) -> Section:
    instrument = load()
    purposes = {code: n for code, n in report.trips.purposes.items() if n}
    ordered = dict(sorted(purposes.items(), key=lambda pair: (-pair[1], pair[0])))

    def country(code: str) -> str:
        text = instrument.countries.get(code)
        return text.of(pen.lang) if text else code

    tables = (
        _shares("purposes", ordered, report, pen, lambda code: Purpose(code).label(pen.lang)),
        _shares("destinations", report.trips.destinations, report, pen, country),
    )
    title = pen.say("Tujuan dan negara tujuan", "Purposes and destinations")
    note = figures()["destinations"].definition.of(pen.lang)
    return Section("trips", title, note, tables)


def _groups(report: Report, pen: Pen) -> tuple[Section, ...]:
    groups = report.groups
    people = (
        _counts("by_sex", groups.by_sex, pen, lambda code: Sex(code).label(pen.lang)),
        _counts("by_age_band", groups.by_age_band, pen, lambda band: band),
        _counts("by_regency", groups.by_regency, pen, _place),
    )
    places = (
        _counts("by_district", groups.by_district, pen, _place),
        _counts("by_village", groups.by_village, pen, _place),
    )
    note = pen.say(
        f"Jumlah di bawah {LEAST} disembunyikan, juga jumlah lain yang dapat membukanya. "
        "Laporan harian tidak membuka kelompok.",
        f"Counts below {LEAST} are hidden, and others that would give them away. "
        "A daily report opens no group.",
    )
    return (
        Section("groups", pen.say("Kelompok pemohon", "Groups of applicants"), note, people),
        Section(
            "places",
            pen.say("Kecamatan dan desa", "Districts and villages"),
            note,
            places,
            is_long=True,
        ),
    )


def _answers(report: Report, pen: Pen) -> Section:
    instrument = load()
    figure = figures()["indicators"]
    rows = []
    for code, counts in report.answers.items():
        item = instrument.indicators.get(code)
        words = item.screen.fact_ya.of(pen.lang) or item.wording.of(pen.lang) if item else code
        numbers = (counts.ya, counts.tidak, counts.td)
        rows.append((f"{code} {words}", *(pen.number(n) for n in numbers)))
    heads = (
        pen.say("Hal yang ditanyakan", "What was asked"),
        pen.say("Ya", "Yes"),
        pen.say("Tidak", "No"),
        pen.say("Belum diketahui", "Not known"),
    )
    title = figure.label.of(pen.lang)
    table = Table(title, heads, tuple(rows))
    return Section("indicators", title, figure.definition.of(pen.lang), (table,), is_long=True)


def _shares(
    key: str, counts: Mapping[str, int], report: Report, pen: Pen, label: Callable[[str], str]
) -> Table:
    whole = report.headline.interviews.interviews
    rows = tuple(
        (
            label(code),
            pen.number(n),
            pen.share(wilson(n, whole)),
            pen.interval(wilson(n, whole)),
        )
        for code, n in counts.items()
    )
    figure = figures()[key]
    heads = (
        figure.label.of(pen.lang),
        pen.say("Jumlah", "Count"),
        pen.say("Bagian", "Share"),
        pen.say("Interval 95%", "95% interval"),
    )
    return Table(figure.label.of(pen.lang), heads, rows)


def _counts(key: str, shown: Shown, pen: Pen, label: Callable[[str], str]) -> Table:
    hidden = pen.say("disembunyikan", "hidden")
    figure = figures()[key]
    rows = tuple((label(code), hidden if n is None else pen.number(n)) for code, n in shown.items())
    name = figure.label.of(pen.lang)
    return Table(name, (name, pen.say("Jumlah", "Count")), rows)


def _place(code: str) -> str:
    region = find_region(code)
    return f"{region.name} ({code})" if region else code
