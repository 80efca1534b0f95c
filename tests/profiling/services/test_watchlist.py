"""The watch list: equal numbers meet, names never do."""

from datetime import date, timedelta

import pytest

from profiling import clock
from profiling.errors import Conflict, Invalid, NotAllowed, NotFound, StaleVersion
from profiling.services import watchlist
from profiling.services.watchlist import NewEntry

REASON = "Disebut pada tiga kasus di Sampang bulan ini."
TODAY = clock.now().date() + timedelta(days=1)


def entry(**changes):
    fields = {"kind": "phone", "value": "0812-3456-7890", "label": "perekrut", "reason": REASON}
    return NewEntry(**{**fields, **changes})


def test_an_entry_is_read_back_with_who_put_it_there(session, actor):
    watchlist.add(session, actor("analyst"), entry())
    (found,) = watchlist.list_entries(session, actor("analyst2"))
    assert found.value == "+6281234567890"
    assert (found.label, found.reason) == ("perekrut", REASON)
    assert found.added_by == "Pegawai analyst"
    assert found.ended_at is None


@pytest.mark.parametrize(
    ("phones", "licences", "is_hit"),
    [
        (["+62 812 3456 7890"], [], True),
        (["081234567890", None], [], True),
        (["081234567891"], [], False),
        ([], ["0812-3456-7890"], False),
        ([None], [None], False),
        (["perekrut"], [], False),
    ],
)
def test_only_the_same_number_of_the_same_kind_is_a_hit(session, actor, phones, licences, is_hit):
    watchlist.add(session, actor("analyst"), entry())
    found = watchlist.hits(session, phones=phones, licences=licences, on=TODAY)
    assert bool(found) is is_hit


def test_a_licence_is_compared_without_signs_and_small_letters(session, actor):
    watchlist.add(session, actor("analyst"), entry(kind="licence", value="b-123/PPIU 2024"))
    assert watchlist.hits(session, phones=[], licences=["B 123 ppiu/2024"], on=TODAY)


def test_an_entry_counts_from_its_day_until_it_is_ended(session, actor):
    analyst = actor("analyst")
    starts = TODAY + timedelta(days=5)
    entry_id = watchlist.add(session, analyst, entry(valid_from=starts))

    def is_hit(on: date) -> bool:
        return bool(watchlist.hits(session, phones=["081234567890"], licences=[], on=on))

    assert not is_hit(starts - timedelta(days=1))
    assert is_hit(starts)
    watchlist.end(
        session, analyst, entry_id=entry_id, version=1, reason="Sudah dijelaskan biro itu."
    )
    assert not is_hit(starts)
    (kept,) = watchlist.list_entries(session, analyst)
    assert kept.end_reason == "Sudah dijelaskan biro itu."
    assert kept.ended_by == "Pegawai analyst"


def test_the_same_number_is_not_listed_twice(session, actor):
    first = watchlist.add(session, actor("analyst"), entry())
    with pytest.raises(Conflict) as refusal:
        watchlist.add(session, actor("analyst2"), entry(value="+6281234567890"))
    assert refusal.value.existing == first


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "name"}, "kind"),
        ({"value": ""}, "value"),
        ({"value": "12"}, "value"),
        ({"kind": "licence", "value": "-/-"}, "value"),
        ({"reason": "."}, "reason"),
        ({"reason": "..............."}, "reason"),
        ({"reason": "a" * 1001}, "reason"),
        ({"label": "a" * 121}, "label"),
    ],
)
def test_an_entry_with_a_wrong_field_is_refused_by_that_field(session, actor, change, field):
    with pytest.raises(Invalid) as refusal:
        watchlist.add(session, actor("analyst"), entry(**change))
    assert set(refusal.value.errors) == {field}


def test_another_office_neither_sees_nor_ends_an_entry(session, actor):
    entry_id = watchlist.add(session, actor("analyst"), entry())
    assert watchlist.list_entries(session, actor("analyst-k001")) == []
    with pytest.raises(NotFound):
        watchlist.end(session, actor("analyst-k001"), entry_id=entry_id, version=1, reason=REASON)
    assert watchlist.hits(session, phones=["081234567890"], licences=[], on=TODAY)


def test_an_entry_is_ended_once_and_from_its_newest_state(session, actor):
    analyst = actor("analyst")
    entry_id = watchlist.add(session, analyst, entry())
    watchlist.end(session, analyst, entry_id=entry_id, version=1, reason=REASON)
    with pytest.raises(StaleVersion):
        watchlist.end(session, analyst, entry_id=entry_id, version=1, reason=REASON)
    with pytest.raises(Conflict):
        watchlist.end(session, analyst, entry_id=entry_id, version=2, reason=REASON)


@pytest.mark.parametrize("role", ["officer", "supervisor", "steward", "admin", "auditor", "dpo"])
def test_only_analysts_use_the_watch_list(session, actor, role):
    with pytest.raises(NotAllowed):
        watchlist.list_entries(session, actor(role))
    with pytest.raises(NotAllowed):
        watchlist.add(session, actor(role), entry())
