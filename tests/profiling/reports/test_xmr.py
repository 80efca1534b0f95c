import pytest

from profiling.reports.xmr import Signal, findings_of, limits_of

QUIET = [10.0, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9]


def found(values):
    limits = limits_of(values, floor=0, ceiling=100)
    return {(f.signal, f.is_above): f.positions for f in findings_of(values, limits)}


def test_limits_come_from_the_first_twelve_values() -> None:
    limits = limits_of([*QUIET, 50.0], floor=0, ceiling=100)

    assert limits is not None
    assert limits.mean == pytest.approx(10)
    # Eleven moves of one each: 2.66 times the mean move on either side.
    assert limits.low == pytest.approx(10 - 2.66)
    assert limits.high == pytest.approx(10 + 2.66)


def test_limits_stay_within_what_is_possible() -> None:
    values = [0.99, 1.0, 0.9, 1.0, 0.95, 1.0, 0.99, 0.9, 1.0, 0.97, 1.0, 0.92]
    limits = limits_of(values, floor=0, ceiling=1)

    assert limits is not None
    assert limits.high == 1


@pytest.mark.parametrize("values", [[], QUIET[:11], [*QUIET[:11], None, None]])
def test_fewer_than_twelve_values_have_no_limits(values) -> None:
    assert limits_of(values, floor=0, ceiling=1) is None
    assert findings_of(values, None) == ()


@pytest.mark.parametrize(
    ("more", "signal", "is_above", "positions"),
    [
        ([10.0, 13.0], Signal.OUTSIDE, True, (13,)),
        ([10.0, 7.0], Signal.OUTSIDE, False, (13,)),
        ([10.5] * 7, Signal.RUN, True, tuple(range(12, 19))),
        ([9.5] * 8, Signal.RUN, False, tuple(range(11, 20))),
        ([9.1, 9.4, 9.8, 10.2, 10.6, 11.0, 11.4], Signal.TREND, True, tuple(range(11, 19))),
        ([10.0, 12.0, 10.0, 12.0], Signal.NEAR, True, (13, 15)),
        ([10.0, 8.0, 8.0, 10.0], Signal.NEAR, False, (13, 14)),
    ],
)
def test_each_rule_names_its_points(more, signal, is_above, positions) -> None:
    assert found([*QUIET, *more])[signal, is_above] == positions


def test_an_ordinary_series_has_no_signal() -> None:
    assert found([*QUIET, *QUIET]) == {}


@pytest.mark.parametrize("more", [[10.5] * 6, [10.5, 10.5, 10.5, None, 10.5, 10.5, 10.5, 9.5]])
def test_six_in_a_row_or_a_gap_is_no_run(more) -> None:
    assert (Signal.RUN, True) not in found([*QUIET, *more])


def test_a_limit_held_at_zero_is_no_sign_of_a_low_value() -> None:
    values = [0.0, 0.0, 0.0, 0.007, 0.0, 0.0, 0.003, 0.0, 0.0, 0.004, 0.0, 0.0, 0.0, 0.0, 0.0]

    limits = limits_of(values, floor=0, ceiling=1)
    signals = {f.signal for f in findings_of(values, limits) if not f.is_above}

    assert limits is not None
    assert limits.low == 0
    assert signals == set()
