"""A report as somebody reads it: words and numbers written out, ready for page, paper and file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from checklist.vocabulary import Band, Disposition, Outcome, Papers
from profiling.reports.cases import AuditSample
from profiling.reports.chart import Chart
from profiling.reports.charts import charts_of
from profiling.reports.figures import figures
from profiling.reports.intervals import Share, wilson
from profiling.reports.monthly import Headline, Report
from profiling.reports.numbers import FEW, NONE, Pen
from profiling.reports.periods import Kind
from profiling.reports.sections import Section, sections_of
from profiling.reports.sources import Sources
from profiling.reports.trends import Trends


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one period, and its share where it has one."""

    main: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure over the compared periods; the interval is that of the first."""

    label: str
    definition: str
    cells: tuple[Cell, ...]
    interval: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, with what holds for all of them."""

    title: str
    definition: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the head of a report says besides its figures."""

    office: str
    rules: tuple[str, ...]
    sources: Sources
    made_at: datetime
    zone: ZoneInfo
    is_running: bool
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """The period's report with the headlines it is compared with."""

    report: Report
    previous: Headline
    last_year: Headline
    trends: Trends

    @property
    def columns(self) -> tuple[Headline, ...]:
        """This period, the one before, the same one a year ago; each once."""
        this = self.report.headline
        found = {line.period: line for line in (this, self.previous, self.last_year)}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a template needs, in one language."""

    lang: str
    title: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    heads: tuple[str, ...]
    groups: tuple[Group, ...]
    note: str
    charts: tuple[Chart, ...]
    sections: tuple[Section, ...]
    words: Mapping[str, str]


def sheet_of(compared: Compared, circumstances: Circumstances, lang: str) -> Sheet:
    """Write a report out in one language."""
    pen = Pen(lang)
    columns = compared.columns
    period = compared.report.headline.period
    labels = tuple(line.period.label(lang) for line in columns)
    heads = (pen.say("Ukuran", "Figure"), *labels, pen.say("Interval 95%", "95% interval"))
    return Sheet(
        lang=lang,
        title=f"{pen.say(*_TITLES[period.kind])}, {period.label(lang)}",
        facts=_facts(circumstances, pen),
        warnings=_warnings(circumstances, pen),
        heads=heads,
        groups=(_interviews(columns, pen), *_results(columns, pen), _cases(columns, pen)),
        note=pen.say(
            "Wawancara dihitung pada bulan penyegelan pertama, menurut versi 1.",
            "An interview counts in the month of its first seal, by version 1.",
        ),
        charts=charts_of(compared.report.headline, compared.trends, pen),
        sections=sections_of(compared.report, pen),
        words={
            "table": pen.say("Tabel data", "Data table"),
            "figures": pen.say("Ukuran dan pembandingnya", "Figures and comparisons"),
        },
    )


_TITLES = {
    Kind.DAY: ("Laporan harian", "Daily report"),
    Kind.MONTH: ("Laporan bulanan", "Monthly report"),
    Kind.QUARTER: ("Laporan triwulan", "Quarterly report"),
    Kind.HALF: ("Laporan semester", "Half-yearly report"),
    Kind.YEAR: ("Laporan tahunan", "Yearly report"),
}


def _facts(circumstances: Circumstances, pen: Pen) -> tuple[tuple[str, str], ...]:
    made = pen.moment(circumstances.made_at, circumstances.zone)
    rules = ", ".join(circumstances.rules) or NONE
    return (
        (pen.say("Kantor", "Office"), circumstances.office),
        (pen.say("Dibuat", "Made"), made),
        (pen.say("Aturan berlaku", "Rules in force"), rules),
        (pen.say("Sumber", "Sources"), _completeness(circumstances.sources, pen)),
    )


def _completeness(sources: Sources, pen: Pen) -> str:
    if not sources.without_list:
        return pen.say("lengkap", "complete") if sources.days else NONE
    missing = pen.of(sources.without_list, sources.days)
    return pen.say(
        f"belum lengkap: daftar antrean belum diterima untuk {missing} hari layanan",
        f"not complete: no appointment list was received for {missing} days of service",
    )


def _warnings(circumstances: Circumstances, pen: Pen) -> tuple[str, ...]:
    simulated = pen.say(
        "Data simulasi: semua orang dan angka di sini rekaan.",
        "Simulated: all people and figures here are invented.",
    )
    running = pen.say(
        "Masa ini masih berjalan; angka sampai saat laporan dibuat.",
        "This period is still running; figures up to when the report was made.",
    )
    chosen = ((simulated, circumstances.is_simulated), (running, circumstances.is_running))
    return tuple(text for text, holds in chosen if holds)


def _interviews(columns: tuple[Headline, ...], pen: Pen) -> Group:
    this = columns[0]
    durations = tuple(
        Cell(NONE if c.durations.median is None else pen.duration(c.durations.median))
        for c in columns
    )
    middle = ""
    if this.durations.low is not None and this.durations.high is not None:
        low, high = (pen.short_duration(s) for s in (this.durations.low, this.durations.high))
        middle = f"{pen.say('separuh tengah', 'middle half')} {low}-{high}"
    rows = (
        _row("interviews", _counts(columns, pen, lambda c: c.interviews.interviews), pen),
        _shares("coverage", columns, pen, lambda c: c.coverage),
        _shares("completeness", columns, pen, lambda c: c.interviews.completeness),
        _row("median_interview_seconds", durations, pen, middle),
        _row("voided", _counts(columns, pen, lambda c: c.interviews.voided), pen),
    )
    return Group(pen.say("Wawancara", "Interviews"), "", rows)


def _results(columns: tuple[Headline, ...], pen: Pen) -> tuple[Group, ...]:
    overrides = tuple(
        Cell(f"{pen.number(c.interviews.raised)} / {pen.number(c.interviews.lowered)}")
        for c in columns
    )
    lang = pen.lang
    bands = _parts(((b.label(lang), b) for b in Band), columns, pen, lambda c: c.interviews.bands)
    papers = _parts(
        ((p.label(lang), p) for p in Papers), columns, pen, lambda c: c.interviews.papers
    )
    made = [d for d in Disposition if any(c.interviews.dispositions[d] for c in columns)]
    decided = _parts(
        ((d.label(lang), d) for d in made), columns, pen, lambda c: c.interviews.dispositions
    )
    return (
        _group("bands", bands, pen),
        _group("papers", papers, pen),
        _group("dispositions", (*decided, _row("overrides", overrides, pen)), pen),
    )


def _cases(columns: tuple[Headline, ...], pen: Pen) -> Group:
    def pair(first: Callable[[Headline], int], second: Callable[[Headline], int]) -> list[Cell]:
        return [Cell(f"{pen.number(first(c))} / {pen.number(second(c))}") for c in columns]

    flow = pair(lambda c: c.cases.opened, lambda c: c.cases.closed)
    stock = pair(lambda c: c.cases.open, lambda c: c.cases.overdue)
    ended = [o for o in Outcome if any(c.cases.outcomes[o] for c in columns)]
    audit = columns[0].cases.audit.found
    misses = tuple(_missed(c.cases.audit, pen) for c in columns)
    exact = f"{pen.interval(audit)}, {pen.say('eksak', 'exact')}" if audit.n else "n = 0"
    rows = (
        Row(pen.say("Kasus dibuka / ditutup", "Cases opened / closed"), "", tuple(flow)),
        Row(pen.say("Masih terbuka / lewat tenggat", "Still open / overdue"), "", tuple(stock)),
        *(_outcome(outcome, columns, pen) for outcome in ended),
        _precision(columns, pen),
        _row("audit_sample", misses, pen, exact),
    )
    return _group("cases", rows, pen)


def _outcome(outcome: Outcome, columns: tuple[Headline, ...], pen: Pen) -> Row:
    cells = tuple(Cell(pen.number(c.cases.outcomes[outcome])) for c in columns)
    return Row(outcome.label(pen.lang), "", cells)


def _missed(audit: AuditSample, pen: Pen) -> Cell:
    if audit.found.n == 0:
        return Cell(NONE)
    counted = pen.of(audit.found.part, audit.found.n)
    return Cell(counted, pen.percent(audit.miss_rate) if audit.found.n >= FEW else "")


def _group(key: str, rows: tuple[Row, ...], pen: Pen) -> Group:
    figure = figures()[key]
    return Group(figure.label.of(pen.lang), figure.definition.of(pen.lang), rows)


def _row(key: str, cells: Iterable[Cell], pen: Pen, interval: str = "") -> Row:
    figure = figures()[key]
    return Row(figure.label.of(pen.lang), figure.definition.of(pen.lang), tuple(cells), interval)


def _counts(
    columns: tuple[Headline, ...], pen: Pen, count: Callable[[Headline], int]
) -> tuple[Cell, ...]:
    return tuple(Cell(pen.number(count(c))) for c in columns)


def _shares(
    key: str, columns: tuple[Headline, ...], pen: Pen, share: Callable[[Headline], Share]
) -> Row:
    cells = [Cell(pen.share(share(c))) for c in columns]
    return _row(key, cells, pen, pen.interval(share(columns[0])))


def _precision(columns: tuple[Headline, ...], pen: Pen) -> Row:
    shares = [c.cases.precision for c in columns]
    cells = [
        Cell(pen.of(s.part, s.n), pen.percent(s.value, 0) if s.n >= FEW else "")
        if s.n
        else Cell(NONE)
        for s in shares
    ]
    return _row("flag_precision", cells, pen, pen.interval(shares[0], 0))


def _parts(
    words: Iterable[tuple[str, str]],
    columns: tuple[Headline, ...],
    pen: Pen,
    counts: Callable[[Headline], Mapping[str, int]],
) -> tuple[Row, ...]:
    rows = []
    for label, word in words:
        shares = [wilson(counts(c)[word], c.interviews.interviews) for c in columns]
        cells = tuple(Cell(pen.number(s.part), pen.percent(s.value) if s.n else "") for s in shares)
        rows.append(Row(label, "", cells, pen.interval(shares[0])))
    return tuple(rows)
