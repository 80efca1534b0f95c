import pytest
from scipy.stats import binomtest

from profiling.reports.intervals import exact, wilson

PAIRS = [(0, 1), (1, 1), (0, 54), (1, 53), (5, 8), (25, 41), (44, 2948), (2741, 2948), (3, 20_000)]


@pytest.mark.parametrize(("part", "n"), PAIRS)
def test_wilson_equals_an_independent_implementation(part: int, n: int) -> None:
    expected = binomtest(part, n).proportion_ci(method="wilson")
    found = wilson(part, n)

    assert found.value == part / n
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(("part", "n"), PAIRS)
def test_exact_equals_an_independent_implementation(part: int, n: int) -> None:
    expected = binomtest(part, n).proportion_ci(method="exact")
    found = exact(part, n)

    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize("interval", [wilson, exact])
def test_nothing_counted_is_unknown(interval) -> None:
    found = interval(0, 0)

    assert (found.n, found.value, found.low, found.high) == (0, None, None, None)


def test_published_examples() -> None:
    # 25 of 41 in the reference report: 46-74 %; nothing found in 54: 0-6.6 %, exact.
    assert wilson(25, 41).low == pytest.approx(0.457, abs=5e-4)
    assert wilson(25, 41).high == pytest.approx(0.743, abs=5e-4)
    assert exact(0, 54).high == pytest.approx(0.066, abs=5e-4)
