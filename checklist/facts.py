"""What is known about an application beside the answers: the computed cross-checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from checklist.instrument import Paper
from checklist.nik import Nik
from checklist.vocabulary import PaperState, Purpose, Sex


@dataclass(frozen=True, slots=True)
class Facts:
    """Every computed input of the rules; None is unknown. No name and no number of a person."""

    purpose: Purpose
    interview_date: date
    age: int = field(repr=False)
    destination: str | None = None
    stay_days: int | None = None
    missing_documents: int | None = None
    nik_disagrees: bool | None = None
    prior_np_refusal_days: int | None = None
    prior_np_refusal_purpose: Purpose | None = None
    shared_contact_households_90d: int | None = None
    shared_third_party_households_180d: int | None = None
    watchlist_hit: bool | None = None
    replacement_months: int | None = None
    replacements_5y: int | None = None

    @property
    def refused_for_other_purpose(self) -> bool | None:
        """Whether an earlier application, refused as irregular, named another purpose."""
        if self.prior_np_refusal_days is None or self.prior_np_refusal_purpose is None:
            return None
        return self.prior_np_refusal_purpose != self.purpose


@dataclass(frozen=True, slots=True)
class SystemChecks:
    """What only the service can look up in other records; None is not looked up."""

    prior_np_refusal_days: int | None = None
    prior_np_refusal_purpose: Purpose | None = None
    shared_contact_households_90d: int | None = None
    shared_third_party_households_180d: int | None = None
    watchlist_hit: bool | None = None


def age_on(birth_date: date, on: date) -> int:
    """Return the age in whole years; who is born on 29 February turns on 1 March."""
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (not had_birthday)


def whole_months(start: date, end: date) -> int:
    """Return the whole months between two days, below zero when they are the wrong way round."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def nik_disagrees(nik: str | None, *, birth_date: date, sex: Sex) -> bool | None:
    """Whether the NIK implies another birth date or sex; None without a NIK."""
    return not Nik(nik).agrees_with(birth_date=birth_date, sex=sex) if nik else None


def replacement_months(
    service: str | None, *, issued: date | None, event_date: date | None
) -> int | None:
    """Return the months from issue to loss or damage of the passport being replaced."""
    if service not in {"hilang", "rusak"} or issued is None or event_date is None:
        return None
    return whole_months(issued, event_date)


def missing_documents(papers: Iterable[Paper], states: Mapping[str, PaperState]) -> int | None:
    """Count the missing obligatory papers; None when none is missing but not all were looked at.

    Papers of one group suffice for each other: together they count once, and only when none of
    them is present. Without obligatory papers there is nothing to count.
    """
    groups: dict[str, list[PaperState | None]] = {}
    for paper in papers:
        groups.setdefault(paper.group or paper.code, []).append(states.get(paper.code))
    if not groups:
        return None
    present = {PaperState.VERIFIED, PaperState.UNVERIFIED}
    open_groups = [seen for seen in groups.values() if not present.intersection(seen)]
    missing = sum(PaperState.MISSING in seen for seen in open_groups)
    return missing or (None if open_groups else 0)
