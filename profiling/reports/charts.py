"""The charts of a report: what each shows, the finding in its title, and the same as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from checklist.vocabulary import Band, Disposition, Papers
from profiling.reports.drawing import draw
from profiling.reports.figures import figures
from profiling.reports.intervals import Share, wilson
from profiling.reports.monthly import Headline
from profiling.reports.numbers import FEW, NONE, Pen
from profiling.reports.periods import Period
from profiling.reports.plots import (
    MIDDLING,
    NARROW,
    BarChart,
    DotChart,
    DotRow,
    LineChart,
    Part,
    Plot,
    Point,
    StackChart,
)
from profiling.reports.signals import remark_of, sentence_of
from profiling.reports.trends import Trends
from profiling.reports.xmr import Finding, findings_of, limits_of

WIDE, HALF = 1216, 584
_TICKS = ("0%", "25%", "50%", "75%", "100%")
_PAPERS = {
    Papers.LENGKAP: ("Lengkap", "Complete"),
    Papers.BELUM_DIPERIKSA: ("Belum diperiksa", "Not checked"),
    Papers.TUNDA: ("Tunda", "Missing"),
}
_STEPS = ((0.01, 5), (0.02, 4), (0.05, 5), (0.1, 5), (0.2, 4), (0.4, 4), (1.0, 5))
"""Greatest values of an axis, and in how many parts each is divided."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table beside a chart, or of its own; the first column names the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a page shows it; `drawings` are the same at three widths."""

    key: str
    title: str
    how: str
    signals: tuple[str, ...]
    drawings: tuple[tuple[str, str], ...]
    table: Table


def charts_of(headline: Headline, trends: Trends, pen: Pen) -> tuple[Chart, ...]:
    """Return the charts that this period has something to show in."""
    charts = [_coverage(trends.coverage, pen)]
    if headline.interviews.interviews:
        charts.append(_results(headline, pen))
    charts.append(_precision(trends.precision, pen))
    if sum(headline.interviews.dispositions.values()):
        charts.append(_decisions(headline, pen))
    return tuple(charts)


def _coverage(series: Mapping[Period, Share], pen: Pen) -> Chart:
    """Appointments without an interview: near zero, so that the axis can begin there."""
    values = [None if s.value is None else 1 - s.value for s in series.values()]
    limits = limits_of(values, floor=0, ceiling=1)
    findings = findings_of(values, limits)
    months = [period.first for period in series]
    marked = {position for finding in findings for position in finding.positions}
    bounds = (limits.high, limits.mean, limits.low) if limits else (0.0, 0.0, 0.0)
    names = (
        pen.say("batas atas", "upper limit"),
        pen.say("rata-rata", "mean"),
        pen.say("batas bawah", "lower limit"),
    )
    last = next((v for v in reversed(values) if v is not None), None)
    plot = LineChart(
        points=tuple(
            Point(pen.month_mark(month), str(month.year), value, is_signal=i in marked)
            for i, (month, value) in enumerate(zip(months, values, strict=True))
        ),
        limits=limits,
        ticks=_ticks(max([v for v in values if v is not None] + [bounds[0]], default=0), pen),
        limit_labels=(
            f"{names[0]} {pen.percent(bounds[0])}",
            f"{names[1]} {pen.percent(bounds[1])}",
            f"{names[2]} {pen.percent(bounds[2])}",
        )
        if limits
        else ("", "", ""),
        last_label=f"{pen.short_month(months[-1])}: {pen.percent(last)}",
        remark=remark_of(findings, months, pen),
    )
    title = _coverage_title(findings, has_limits=limits is not None, pen=pen)
    how = pen.say(
        "Janji impor tanpa wawancara tersegel, bagian per bulan. Rata-rata dan batas dihitung "
        "dari 12 bulan pertama; titik penuh menandai perubahan.",
        "Imported appointments without a sealed interview, share by month. Mean and limits come "
        "from the first 12 months; filled dots mark a change.",
    )
    heads = (
        pen.say("Bulan", "Month"),
        pen.say("Janji", "Appointments"),
        pen.say("Diwawancara", "Interviewed"),
        pen.say("Cakupan", "Coverage"),
        pen.say("Tanpa wawancara", "Not interviewed"),
    )
    rows = tuple(
        (
            pen.short_month(period.first),
            pen.number(share.n),
            pen.number(share.part),
            pen.percent(share.value),
            pen.percent(None if share.value is None else 1 - share.value),
        )
        for period, share in series.items()
    )
    signals = tuple(sentence_of(finding, pen) for finding in findings)
    return _chart("coverage", (title, how), signals, plot, Table(title, heads, rows))


def _coverage_title(findings: tuple[Finding, ...], *, has_limits: bool, pen: Pen) -> str:
    if findings:
        return pen.say(
            "Janji tanpa wawancara berubah: periksa sebabnya",
            "Appointments not interviewed have changed: look for the cause",
        )
    if has_limits:
        return pen.say(
            "Janji tanpa wawancara masih dalam batas kebetulan",
            "Appointments not interviewed stay within chance",
        )
    return pen.say("Janji tanpa wawancara per bulan", "Appointments not interviewed, by month")


def _results(headline: Headline, pen: Pen) -> Chart:
    counts, whole = headline.interviews, headline.interviews.interviews
    words = figures()
    bands = [(band.label(pen.lang), counts.bands[band]) for band in Band]
    papers = [(pen.say(*_PAPERS[paper]), counts.papers[paper]) for paper in _PAPERS]
    rows = (
        (words["bands"].label.of(pen.lang), bands),
        (words["papers"].label.of(pen.lang), papers),
    )
    plot = StackChart(
        rows=tuple(
            (name, tuple(Part(_with_share(label, n, whole, pen), n / whole) for label, n in parts))
            for name, parts in rows
        ),
        ticks=_TICKS,
    )
    tenths = pen.in_hundreds(counts.bands[Band.HIJAU] / whole)
    title = pen.say(
        f"Pada {tenths} pemohon tidak ada tanda khusus menurut aturan",
        f"For {tenths} applicants the rules show no particular sign",
    )
    how = pen.say(
        f"Bagian dari {pen.number(whole)} wawancara pada {headline.period.label('id')}. "
        "Interval 95% ada pada tabel di atas.",
        f"Shares of {pen.number(whole)} interviews in {headline.period.label('en')}. "
        "95% intervals are in the table above.",
    )
    table_rows = tuple(
        (f"{name}: {label}", pen.number(n), pen.percent(n / whole))
        for name, parts in rows
        for label, n in parts
    )
    heads = (pen.say("Hasil", "Result"), pen.say("Jumlah", "Count"), pen.say("Bagian", "Share"))
    return _chart("bands", (title, how), (), plot, Table(title, heads, table_rows))


def _precision(series: Mapping[Period, Share], pen: Pen) -> Chart:
    few, none = pen.say("terlalu sedikit", "too few"), pen.say("belum ada", "none yet")

    def few_words(share: Share) -> str:
        return f"{pen.of(share.part, share.n)}, {few}" if share.n else none

    rows = tuple(
        DotRow(
            _short_quarter(period, pen),
            f"{pen.percent(share.value, 0)}, n = {pen.number(share.n)}",
            share.value,
            share.low or 0,
            share.high or 0,
        )
        if share.n >= FEW
        else DotRow(_short_quarter(period, pen), few_words(share), None)
        for period, share in series.items()
    )
    known = [share for share in series.values() if share.n >= FEW and share.value is not None]
    if known and known[-1].value is not None:
        tenths = pen.in_tenths(known[-1].value)
        title = pen.say(
            f"{tenths} kasus merah berakhir dengan indikasi",
            f"{tenths} red cases ended with an indication",
        )
    else:
        title = pen.say(
            "Kasus merah masih terlalu sedikit untuk dibandingkan",
            "Still too few red cases to compare",
        )
    how = pen.say(
        "Berakhir dengan indikasi, dari kasus merah yang ditutup dengan kesimpulan, "
        "per triwulan. Garis: interval 95%.",
        "Ended with an indication, of red cases closed with a conclusion, by quarter. "
        "Line: 95% interval.",
    )
    table_rows = tuple(
        (
            period.label(pen.lang),
            pen.number(share.part),
            pen.number(share.n),
            pen.share(share, 0),
            pen.interval(share, 0) if share.n else NONE,
        )
        for period, share in series.items()
    )
    heads = (
        pen.say("Triwulan", "Quarter"),
        pen.say("Indikasi", "Indication"),
        pen.say("Kesimpulan", "Concluded"),
        pen.say("Ketepatan", "Precision"),
        pen.say("Interval 95%", "95% interval"),
    )
    plot = DotChart(rows, _TICKS)
    return _chart("flag_precision", (title, how), (), plot, Table(title, heads, table_rows))


def _decisions(headline: Headline, pen: Pen) -> Chart:
    counts, whole = headline.interviews.dispositions, headline.interviews.interviews
    known = [(d, counts[d]) for d in Disposition if counts[d]]
    plot = BarChart(
        tuple((d.label(pen.lang), n / whole, _share_of(n, whole, pen)) for d, n in known)
    )
    go_on = pen.in_hundreds(counts[Disposition.LANJUT] / whole)
    title = pen.say(f"{go_on} permohonan dilanjutkan", f"{go_on} applications proceed")
    undecided = whole - sum(counts.values())
    how = pen.say(
        f"Keputusan terakhir atas {pen.number(whole)} wawancara; {pen.number(undecided)} belum "
        "diputus.",
        f"Last decision on {pen.number(whole)} interviews; {pen.number(undecided)} undecided.",
    )
    table_rows = tuple(
        (d.label(pen.lang), pen.number(n), pen.percent(n / whole), pen.interval(wilson(n, whole)))
        for d, n in known
    )
    heads = (
        pen.say("Keputusan", "Decision"),
        pen.say("Jumlah", "Count"),
        pen.say("Bagian", "Share"),
        pen.say("Interval 95%", "95% interval"),
    )
    return _chart("dispositions", (title, how), (), plot, Table(title, heads, table_rows))


def _chart(
    key: str, words: tuple[str, str], signals: tuple[str, ...], plot: Plot, table: Table
) -> Chart:
    title, how = words
    is_wide = isinstance(plot, LineChart | StackChart)
    widths = (("wide", WIDE if is_wide else HALF), ("middle", MIDDLING), ("narrow", NARROW))
    name = " ".join((f"{title}.", *signals))
    drawings = tuple((size, draw(plot, width).render(name)) for size, width in widths)
    return Chart(key, title, how, signals, drawings, table)


def _ticks(most: float, pen: Pen) -> tuple[tuple[float, str], ...]:
    """Return three to six round values from zero to just above the greatest."""
    top, parts = next((step for step in _STEPS if step[0] >= most), _STEPS[-1])
    digits = 0 if round(top * 1000) % (parts * 10) == 0 else 1
    return tuple((top * i / parts, pen.percent(top * i / parts, digits)) for i in range(parts + 1))


def _with_share(label: str, n: int, whole: int, pen: Pen) -> str:
    return f"{label} {_share_of(n, whole, pen)}"


def _share_of(n: int, whole: int, pen: Pen) -> str:
    return f"{pen.number(n)} ({pen.percent(n / whole)})"


def _short_quarter(period: Period, pen: Pen) -> str:
    return period.label(pen.lang).replace("Triwulan", "TW").replace("Quarter", "Q")
