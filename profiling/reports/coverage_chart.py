"""The chart of coverage: appointments without an interview, month by month."""

from collections.abc import Mapping, Sequence
from datetime import date

from profiling.reports.chart import Chart, Table, chart_of
from profiling.reports.intervals import Share
from profiling.reports.numbers import Pen
from profiling.reports.periods import Period
from profiling.reports.plots import LineChart, Point
from profiling.reports.signals import remark_of, sentence_of
from profiling.reports.xmr import Finding, Limits, findings_of, limits_of

_STEPS = ((0.01, 5), (0.02, 4), (0.05, 5), (0.1, 5), (0.2, 4), (0.4, 4), (1.0, 5))
"""Greatest values of an axis, and in how many parts each is divided."""


def coverage_chart(series: Mapping[Period, Share], pen: Pen) -> Chart:
    """Chart appointments without an interview: near zero, so that the axis can begin there."""
    missed = [_missed(share) for share in series.values()]
    limits = limits_of(missed, floor=0, ceiling=1)
    findings = findings_of(missed, limits)
    months = [period.first for period in series]
    how = pen.say(
        "Janji impor tanpa wawancara tersegel, bagian per bulan. Rata-rata dan batas dihitung "
        "dari 12 bulan pertama; titik penuh menandai perubahan.",
        "Imported appointments without a sealed interview, share by month. Mean and limits come "
        "from the first 12 months; filled dots mark a change.",
    )
    signals = tuple(sentence_of(finding, pen) for finding in findings)
    title = _title(findings, has_limits=limits is not None, pen=pen)
    plot = _plot(list(zip(months, missed, strict=True)), limits, findings, pen)
    return chart_of("coverage", how, plot, _table(title, series, pen), signals=signals)


def _missed(share: Share) -> float | None:
    return None if share.value is None else 1 - share.value


def _plot(
    missed: Sequence[tuple[date, float | None]],
    limits: Limits | None,
    findings: Sequence[Finding],
    pen: Pen,
) -> LineChart:
    marked = {position for finding in findings for position in finding.positions}
    months = [month for month, _ in missed]
    known = [value for _, value in missed if value is not None]
    most = max([*known, limits.high if limits else 0.0], default=0)
    return LineChart(
        points=tuple(
            Point(pen.month_mark(month), str(month.year), value, is_signal=i in marked)
            for i, (month, value) in enumerate(missed)
        ),
        limits=limits,
        ticks=_ticks(most, pen),
        limit_labels=_limit_labels(limits, pen),
        last_label=f"{pen.short_month(months[-1])}: {pen.percent(known[-1] if known else None)}",
        remark=remark_of(findings, months, pen),
    )


def _limit_labels(limits: Limits | None, pen: Pen) -> tuple[str, str, str]:
    if limits is None:
        return ("", "", "")
    return (
        f"{pen.say('batas atas', 'upper limit')} {pen.percent(limits.high)}",
        f"{pen.say('rata-rata', 'mean')} {pen.percent(limits.mean)}",
        f"{pen.say('batas bawah', 'lower limit')} {pen.percent(limits.low)}",
    )


def _table(title: str, series: Mapping[Period, Share], pen: Pen) -> Table:
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
            pen.percent(_missed(share)),
        )
        for period, share in series.items()
    )
    return Table(title, heads, rows)


def _title(findings: tuple[Finding, ...], *, has_limits: bool, pen: Pen) -> str:
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


def _ticks(most: float, pen: Pen) -> tuple[tuple[float, str], ...]:
    """Return three to six round values from zero to just above the greatest."""
    top, parts = next((step for step in _STEPS if step[0] >= most), _STEPS[-1])
    digits = 0 if round(top * 1000) % (parts * 10) == 0 else 1
    return tuple((top * i / parts, pen.percent(top * i / parts, digits)) for i in range(parts + 1))
