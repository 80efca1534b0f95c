"""The simulated world: reproducible, plausible, and nobody's."""

import hashlib
import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from profiling import clock
from profiling.database import filling, open_database, upgrade
from profiling.errors import Invalid
from profiling.records import (
    Appointment,
    Assessment,
    Case,
    Decision,
    Interview,
    InterviewVersion,
    Person,
    WatchlistEntry,
)
from profiling.security.keys import init_keys, load_keys
from profiling.services import site
from profiling.services.interview_reading import whole
from profiling.services.seeding.opening import Sizes, queue_today, seed_world
from profiling.services.seeding.world import read_world
from tests.support.databases import settings_for

UNTIL = datetime(2026, 11, 18, 4, 10, tzinfo=UTC)
SIZES = Sizes(offices=1, officers=6, interviews=260, months=4, seed=7)


def seeded(folder, sizes=SIZES, keys=None):
    settings = settings_for(folder)
    if keys is None:
        init_keys(settings.keys)
    else:
        shutil.copytree(keys, settings.keys)
    upgrade(settings)
    database = open_database(settings, load_keys(settings.keys))
    with filling(database) as transaction:
        made = seed_world(transaction, sizes, until=UNTIL, progress=lambda _count: None)
    return database, made


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    database, made = seeded(tmp_path_factory.mktemp("world"))
    yield database, made
    database.close()


def digest(database):
    """What people said and what was decided, without ids, keys and random names of accounts."""
    with database.reading() as session:
        lines = []
        for head in session.scalars(select(Interview).order_by(Interview.sealed_at, Interview.id)):
            view = whole(session, head)
            lines.append(
                [
                    head.application_no,
                    head.office,
                    head.band,
                    head.papers,
                    view.current.applicant.nik,
                    view.current.applicant.name,
                    dict(view.current.answers),
                    dict(view.current.notes),
                    [party.phone for party in view.current.third_parties],
                    view.current.finished_at.isoformat(),
                    view.decisions[0].disposition if view.decisions else None,
                ]
            )
    return hashlib.sha256(json.dumps(lines, default=str).encode()).hexdigest()


def test_the_same_seed_makes_the_same_people_answers_and_history(tmp_path, world):
    small = Sizes(offices=1, officers=3, interviews=40, months=2, seed=5)
    digests = []
    for name in ("first", "second"):
        database, _ = seeded(tmp_path / name, small, world[0].settings.keys)
        digests.append(digest(database))
        database.close()
    assert digests[0] == digests[1]
    other, _ = seeded(tmp_path / "other", Sizes(1, 3, 40, 2, 6))
    assert digest(other) != digests[0]
    other.close()


def test_exactly_so_many_interviews_are_made_and_all_lie_in_the_past(world):
    database, made = world
    assert made.interviews == SIZES.interviews
    with database.reading() as session:
        assert session.scalar(select(func.count(Interview.id))) == SIZES.interviews
        first, last = session.execute(
            select(func.min(Interview.sealed_at), func.max(Interview.sealed_at))
        ).one()
        latest = session.scalar(select(func.max(Decision.decided_at)))
    assert last < UNTIL
    assert latest < UNTIL
    assert first > UNTIL - timedelta(days=31 * SIZES.months)


def test_nobody_in_it_exists(world):
    database, _ = world
    with database.reading() as session:
        for head in session.scalars(select(Interview)):
            for version in whole(session, head).versions:
                applicant = version.applicant
                assert applicant.nik.startswith("99")
                assert applicant.kk_number.startswith("99")
                assert applicant.phone.startswith("+62999")
                assert all(party.phone.startswith("+62999") for party in version.third_parties)
        assert site.is_simulated(session)


def test_interviews_fall_on_working_days_within_office_hours(world):
    database, _ = world
    zone = database.settings.timezone
    with database.reading() as session:
        for row in session.execute(select(InterviewVersion.started_at, InterviewVersion.version)):
            if row.version == 1:
                local = clock.local(row.started_at, zone)
                assert local.weekday() < 5
                assert 8 <= local.hour < 18


def test_bands_reviews_and_waiting_work_are_like_those_of_an_office(world):
    database, _ = world
    with database.reading() as session:
        bands = dict(
            session.execute(
                select(Interview.first_band, func.count()).group_by(Interview.first_band)
            ).all()
        )
        assert 0.85 <= bands["hijau"] / SIZES.interviews <= 0.98
        assert bands["kuning"] >= 5
        assert session.scalar(select(func.count(Case.id))) > 0
        kinds = set(session.scalars(select(Decision.kind)))
        assert {"keputusan", "setuju"} <= kinds
        seconds = sorted(
            (row.finished_at - row.started_at).total_seconds()
            for row in session.execute(
                select(InterviewVersion.started_at, InterviewVersion.finished_at)
            )
        )
    assert 130 <= seconds[len(seconds) // 2] <= 215


def test_every_stored_assessment_carries_the_facts_it_was_made_from(world):
    database, _ = world
    with database.reading() as session:
        facts = session.scalars(select(Assessment.facts)).all()
    assert len(facts) >= SIZES.interviews
    assert all(each["interview_date"] < "2026-11-19" for each in facts)


def test_the_present_day_has_people_waiting_and_some_interviewed(world):
    database, _ = world
    with database.reading() as session:
        today = session.scalars(select(Appointment).where(Appointment.slot_on == UNTIL.date()))
        numbers = {row.application_no for row in today}
        done = set(
            session.scalars(
                select(Interview.application_no).where(Interview.sealed_on == UNTIL.date())
            )
        )
    assert len(numbers - done) >= len(numbers) // 2
    assert done


def test_one_account_for_each_role_and_two_persons_where_two_must_agree(world):
    _, made = world
    roles = [each.role for each in made.credentials]
    assert set(roles) == {
        "officer", "analyst", "supervisor", "steward", "admin", "auditor", "dpo",
    }  # fmt: skip
    assert all(roles.count(role) >= 2 for role in ("analyst", "supervisor", "steward", "admin"))
    assert {each.scope for each in made.credentials} == {"office", "region", "national"}
    assert len({each.password for each in made.credentials}) == len(roles)


def test_a_database_that_is_not_empty_is_refused(world):
    database, _ = world
    with pytest.raises(Invalid):
        seed_world(database.transaction, SIZES, until=UNTIL, progress=lambda _count: None)


def test_a_later_day_gets_a_queue_of_its_own_once(world):
    database, _ = world
    with clock.at(UNTIL + timedelta(days=5)):
        with database.transaction() as session:
            added = queue_today(session)
        with database.transaction() as session:
            assert queue_today(session) == 0
    assert added > 10


def test_a_real_database_gets_no_simulated_queue(database):
    with pytest.raises(Invalid), database.transaction() as session:
        queue_today(session)


def test_history_can_be_made_on_both_engines(empty_database):
    sizes = Sizes(offices=2, officers=2, interviews=15, months=1, seed=3)
    with filling(empty_database) as transaction:
        made = seed_world(transaction, sizes, until=UNTIL, progress=lambda _count: None)
    assert made.interviews == 30
    with empty_database.reading() as session:
        offices = set(session.scalars(select(Interview.office)))
        people = session.scalar(select(func.count(Person.id)))
        watched = session.scalar(select(func.count(WatchlistEntry.id)))
    assert {"K001"} < offices
    assert people >= 30 + watched


def test_shares_of_hidden_truths_add_up_and_outcomes_are_known():
    world = read_world()
    assert sum(truth.share for truth in world.truths.values()) == pytest.approx(1.0)
    assert world.outcomes.keys() == world.truths.keys()
    for outcomes in world.outcomes.values():
        assert sum(outcomes.values()) == pytest.approx(1.0)


def test_the_clock_is_held_only_inside():
    with clock.at(UNTIL):
        assert clock.now() == UNTIL
    assert clock.now() - datetime.now(UTC) < timedelta(seconds=5)
