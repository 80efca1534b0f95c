"""The summary of a case: up to five sentences made of facts, each linked to its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass

from checklist.facts import age_on
from checklist.loading import load
from checklist.vocabulary import PaperState, Purpose, ThirdPartyRole
from profiling.services.case_views import CaseView, Evidence, LinkKind, Provenance
from profiling.services.interview_views import VersionView
from profiling.views.formatting import long_date, phone
from profiling.views.frame.language import language
from profiling.views.texts import gettext, ngettext

_MOST_FACTS = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and where on the page its evidence stands."""

    text: str
    anchors: tuple[tuple[str, str], ...]


def age_of(version: VersionView) -> int:
    """Return the applicant's age on the day of the interview."""
    return age_on(version.applicant.birth_date, version.started_at.date())


def summarise(view: CaseView) -> list[Sentence]:
    """Return the sentences, in the order of the page."""
    if view.interview is None or view.evidence is None:
        return []
    version = view.interview.current
    return [
        _journey(version),
        *_papers(version),
        *_statements(view.evidence.adverse),
        *_parties(version),
        *_links(view),
        *_unknown(view),
    ]


def _journey(version: VersionView) -> Sentence:
    instrument, lang = load(version.instrument_version), language()
    country = instrument.countries.get(version.destination or "")
    parts = [
        gettext(
            "The applicant names as purpose: %(purpose)s",
            purpose=Purpose(version.purpose).label(lang).lower(),
        ),
        gettext("to %(country)s", country=country.of(lang)) if country else "",
        gettext("departing %(day)s", day=long_date(version.departure_date))
        if version.departure_date
        else "",
        ngettext("for %(num)s day", "for %(num)s days", version.stay_days)
        if version.stay_days
        else "",
    ]
    return Sentence(f"{', '.join(part for part in parts if part)}.", (("A", "#journey"),))


def _papers(version: VersionView) -> Iterator[Sentence]:
    papers = {paper.code: paper for paper in load(version.instrument_version).papers}
    lang = language()
    words = []
    anchors = []
    for place, (code, state) in enumerate(version.documents.items(), start=1):
        label = papers[code].label.of(lang) if code in papers else code
        words.append(f"{label}: {PaperState(state).label(lang).lower()}")
        anchors.append((f"B{place}", f"#evidence-B{place}"))
    if words:
        yield Sentence(gettext("Papers: %(papers)s.", papers="; ".join(words)), tuple(anchors))


def _statements(adverse: tuple[Evidence, ...]) -> Iterator[Sentence]:
    stated = [item for item in adverse if item.provenance is Provenance.STATED][:_MOST_FACTS]
    if stated:
        facts = "; ".join(f"{item.text[:1].lower()}{item.text[1:]}" for item in stated)
        yield Sentence(
            gettext("According to the applicant: %(facts)s.", facts=facts),
            tuple((item.code, f"#evidence-{item.code}") for item in stated),
        )


def _parties(version: VersionView) -> Iterator[Sentence]:
    named = [
        f"{ThirdPartyRole(party.role).label(language()).lower()} {party.name or ''}".strip()
        for party in version.third_parties
    ]
    if named:
        yield Sentence(
            gettext("Named by the applicant: %(parties)s.", parties="; ".join(named)),
            ((gettext("Parties"), "#parties"),),
        )


def _links(view: CaseView) -> Iterator[Sentence]:
    shared = [link for link in view.links if link.households]
    if not shared:
        return
    most = max(shared, key=lambda link: link.households)
    value = phone(most.value) if most.kind in (LinkKind.PHONE, LinkKind.THIRD_PHONE) else ""
    yield Sentence(
        ngettext(
            "One contact or number %(value)s is also recorded in %(num)s other household.",
            "One contact or number %(value)s is also recorded in %(num)s other households.",
            most.households,
            value=value,
        ).replace("  ", " "),
        ((gettext("Links"), "#links"),),
    )


def _unknown(view: CaseView) -> Iterator[Sentence]:
    unknown = view.evidence.unknown if view.evidence else ()
    if unknown:
        count = len(unknown)
        yield Sentence(
            ngettext("%(num)s thing is not known yet.", "%(num)s things are not known yet.", count),
            tuple((one.code, f"#evidence-{one.code}") for one in unknown[:_MOST_FACTS]),
        )
