"""The charts of a report: which there are, and those of the period's own counts."""

from checklist.vocabulary import Band, Disposition, Papers
from profiling.reports.chart import SHARE_TICKS, Chart, Table, chart_of
from profiling.reports.coverage_chart import coverage_chart
from profiling.reports.figures import figures
from profiling.reports.intervals import wilson
from profiling.reports.monthly import Headline
from profiling.reports.numbers import Pen
from profiling.reports.plots import BarChart, Part, StackChart
from profiling.reports.precision_chart import precision_chart
from profiling.reports.trends import Trends

_PAPERS = {
    Papers.LENGKAP: ("Lengkap", "Complete"),
    Papers.BELUM_DIPERIKSA: ("Belum diperiksa", "Not checked"),
    Papers.TUNDA: ("Tunda", "Missing"),
}


def charts_of(headline: Headline, trends: Trends, pen: Pen) -> tuple[Chart, ...]:
    """Return the charts that this period has something to show in."""
    charts = [coverage_chart(trends.coverage, pen)]
    if headline.interviews.interviews:
        charts.append(_results(headline, pen))
    charts.append(precision_chart(trends.precision, pen))
    if sum(headline.interviews.dispositions.values()):
        charts.append(_decisions(headline, pen))
    return tuple(charts)


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
        ticks=SHARE_TICKS,
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
    return chart_of("bands", how, plot, Table(title, heads, table_rows))


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
    return chart_of("dispositions", how, plot, Table(title, heads, table_rows))


def _with_share(label: str, n: int, whole: int, pen: Pen) -> str:
    return f"{label} {_share_of(n, whole, pen)}"


def _share_of(n: int, whole: int, pen: Pen) -> str:
    return f"{pen.number(n)} ({pen.percent(n / whole)})"
