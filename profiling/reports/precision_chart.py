"""The chart of precision: how many red cases ended with an indication, quarter by quarter."""

from collections.abc import Mapping

from profiling.reports.chart import SHARE_TICKS, Chart, Table, chart_of
from profiling.reports.intervals import Share
from profiling.reports.numbers import FEW, NONE, Pen
from profiling.reports.periods import Period
from profiling.reports.plots import DotChart, DotRow


def precision_chart(series: Mapping[Period, Share], pen: Pen) -> Chart:
    """Chart the red cases that ended with an indication, of those with a conclusion."""
    how = pen.say(
        "Berakhir dengan indikasi, dari kasus merah yang ditutup dengan kesimpulan, "
        "per triwulan. Garis: interval 95%.",
        "Ended with an indication, of red cases closed with a conclusion, by quarter. "
        "Line: 95% interval.",
    )
    plot = DotChart(tuple(_dot(*each, pen) for each in series.items()), SHARE_TICKS)
    return chart_of("flag_precision", how, plot, _table(_title(series, pen), series, pen))


def _dot(period: Period, share: Share, pen: Pen) -> DotRow:
    quarter = _short_quarter(period, pen)
    if share.n == 0:
        return DotRow(quarter, pen.say("belum ada", "none yet"), None)
    if share.n < FEW:
        few = pen.say("terlalu sedikit", "too few")
        return DotRow(quarter, f"{pen.of(share.part, share.n)}, {few}", None)
    words = f"{pen.percent(share.value, 0)}, n = {pen.number(share.n)}"
    return DotRow(quarter, words, share.value, share.low or 0, share.high or 0)


def _title(series: Mapping[Period, Share], pen: Pen) -> str:
    known = [share.value for share in series.values() if share.n >= FEW and share.value is not None]
    if not known:
        return pen.say(
            "Kasus merah masih terlalu sedikit untuk dibandingkan",
            "Still too few red cases to compare",
        )
    tenths = pen.in_tenths(known[-1])
    return pen.say(
        f"{tenths} kasus merah berakhir dengan indikasi",
        f"{tenths} red cases ended with an indication",
    )


def _table(title: str, series: Mapping[Period, Share], pen: Pen) -> Table:
    heads = (
        pen.say("Triwulan", "Quarter"),
        pen.say("Indikasi", "Indication"),
        pen.say("Kesimpulan", "Concluded"),
        pen.say("Ketepatan", "Precision"),
        pen.say("Interval 95%", "95% interval"),
    )
    rows = tuple(
        (
            period.label(pen.lang),
            pen.number(share.part),
            pen.number(share.n),
            pen.share(share, 0),
            pen.interval(share, 0) if share.n else NONE,
        )
        for period, share in series.items()
    )
    return Table(title, heads, rows)


def _short_quarter(period: Period, pen: Pen) -> str:
    return period.label(pen.lang).replace("Triwulan", "TW").replace("Quarter", "Q")
