"""How cases are worded on screens."""

from datetime import date

from checklist.loading import load
from checklist.vocabulary import (
    Band,
    CaseOrigin,
    Outcome,
    Purpose,
    Strength,
    ThirdPartyRole,
)
from profiling.services.case_list import CaseItem
from profiling.services.case_views import (
    Adjustment,
    CaseLink,
    Confidence,
    ExplainedFact,
    Explanation,
    LinkKind,
    Provenance,
)
from profiling.services.interview_views import VersionView
from profiling.views.formatting import day_of_year, phone, short_date
from profiling.views.frame.language import language
from profiling.views.texts import gettext, ngettext, pgettext


def due_with_date(item: CaseItem, today: date) -> str:
    """Say when a case is due, always with its date."""
    day = short_date(item.due_on)
    is_near = item.is_overdue or abs((item.due_on - today).days) <= 1
    return f"{due(item, today)}, {day}" if is_near else day


def due(item: CaseItem, today: date) -> str:
    """Say when a case is due, as people speak of it."""
    days = (item.due_on - today).days
    if item.is_overdue:
        return ngettext("overdue by %(num)s day", "overdue by %(num)s days", -days)
    if days in (0, 1):
        return (gettext("today"), gettext("tomorrow"))[days]
    return day_of_year(item.due_on) if item.due_on.year == today.year else short_date(item.due_on)


def state(item: CaseItem) -> str:
    """Say where a case stands."""
    return str(item.state) if language() == "id" else item.state.label("en").lower()


def origin(item: CaseItem) -> str:
    """Say what opened a case, where the reader may know it."""
    if item.origin is None:
        return gettext("shown after the first reading")
    return {
        CaseOrigin.MERAH: pgettext("origin", "red result"),
        CaseOrigin.RUJUKAN: pgettext("origin", "referral"),
        CaseOrigin.BACA_ULANG: pgettext("origin", "re-read"),
        CaseOrigin.LONJAKAN: pgettext("origin", "burst"),
    }[item.origin]


def subject(item: CaseItem) -> str:
    """Say in one line what a case is about."""
    if item.is_own:
        return gettext("your own interview")
    if item.is_blind:
        return gettext("shown after the first reading")
    if item.subject is not None:
        return item.subject
    by_origin = {
        CaseOrigin.LONJAKAN: gettext("One contact in 3 households or more within 7 days"),
        CaseOrigin.RUJUKAN: gettext("Referred by the interviewing officer"),
    }
    return by_origin.get(item.origin or CaseOrigin.MERAH, gettext("No sign by the rules"))


def provenance(value: str) -> str:
    """Say where a fact comes from."""
    return {
        Provenance.STATED: gettext("stated by the applicant"),
        Provenance.VERIFIED: gettext("verified"),
        Provenance.COMPUTED: gettext("computed"),
        Provenance.OBSERVED: gettext("observed"),
    }[Provenance(value)]


def feedback(outcome: Outcome) -> str:
    """Say an outcome to the officer: neutral, without any detail."""
    if outcome is Outcome.TIDAK_TERBUKTI:
        return gettext("Finished: not confirmed.")
    if outcome is Outcome.PERLU_BAKET:
        return gettext("Finished: more material is needed.")
    return gettext("Finished: there is an indication.")


def feedback_hints() -> dict[str, str]:
    """Return for each outcome what the officer will read."""
    return {
        str(outcome): gettext("The officer reads: %(sentence)s", sentence=feedback(outcome))
        for outcome in Outcome
    }


def outcome(item: CaseItem) -> str:
    """Say how a case ended."""
    return item.outcome.label(language()) if item.outcome else ""


def why_not(reason: str, holder: str | None) -> str:
    """Say why a reader gets no form."""
    return {
        "own_interview": gettext(
            "You conducted this interview. Another analyst reads the case, "
            "so there is no form here."
        ),
        "held_by_other": gettext("%(name)s holds this case and writes in it.", name=holder or ""),
        "second_reader": gettext(
            "You closed this case as not confirmed. Another analyst reads it a second time."
        ),
        "reading_only": gettext("Your role reads cases and does not work on them."),
    }[reason]


def strength(fact: ExplainedFact) -> str:
    """Say how much a fact weighs."""
    if fact.strength is None or fact.strength is Strength.NONE:
        return ""
    return fact.strength.label(language()).lower()


def adjustment(value: Adjustment) -> str:
    """Say why a dimension has other points than its rows add up to."""
    return {
        Adjustment.WEAK_CAP: gettext("Weak facts together count at most 3"),
        Adjustment.NOT_BELOW_ZERO: gettext("A dimension never counts below 0"),
    }[value]


def band(value: Band) -> str:
    """Name a band."""
    return value.label(language())


def link_kind(kind: LinkKind, role: str | None) -> str:
    """Say what two applications have in common."""
    if role is not None:
        party = ThirdPartyRole(role).label(language()).lower()
        if kind is LinkKind.THIRD_PHONE:
            return gettext("telephone of a third party (%(role)s)", role=party)
        return gettext("licence of a third party (%(role)s)", role=party)
    return {
        LinkKind.NIK: gettext("same NIK"),
        LinkKind.HOUSEHOLD: gettext("family card"),
        LinkKind.PHONE: gettext("applicant's telephone"),
    }[kind]


def why_linked(kind: LinkKind, applications: int) -> str:
    """Say why applications are linked."""
    if not applications:
        return gettext("The number is on the watch list")
    count = ngettext("%(num)s other application", "%(num)s other applications", applications)
    sentence = {
        LinkKind.NIK: gettext("The same NIK on %(count)s", count=count),
        LinkKind.HOUSEHOLD: gettext("The same family card number on %(count)s", count=count),
        LinkKind.PHONE: gettext("Exactly the same contact number on %(count)s", count=count),
        LinkKind.THIRD_PHONE: gettext("The same number named on %(count)s", count=count),
        LinkKind.THIRD_LICENCE: gettext("The same licence number named on %(count)s", count=count),
    }
    return sentence[kind]


def confidence(value: Confidence) -> str:
    """Say how far a link is established."""
    is_verified = value is Confidence.VERIFIED
    return gettext("verified") if is_verified else gettext("stated by the applicant")


def purpose(code: str) -> str:
    """Name a purpose."""
    return Purpose(code).label(language())


def country(version: VersionView) -> str:
    """Name the destination by the version's own list."""
    name = load(version.instrument_version).countries.get(version.destination or "")
    return name.of(language()) if name else version.destination or gettext("not known yet")


def role(value: str) -> str:
    """Name the part of a third party."""
    return ThirdPartyRole(value).label(language())


def link_value(link: CaseLink) -> str:
    """Write what is shared; numbers of persons only by their end."""
    if link.kind in (LinkKind.PHONE, LinkKind.THIRD_PHONE):
        return phone(link.value)
    if link.kind is LinkKind.THIRD_LICENCE:
        return link.value
    return f"••••{link.value[-4:]}"


def changes(explained: Explanation) -> str:
    """Say the smallest set of facts that would have given another band."""
    lower = [change for change in explained.changes if change.band < explained.band]
    higher = [change for change in explained.changes if change.band > explained.band]
    words = []
    if lower:
        facts = "; ".join(lower[0].facts)
        more = len(lower) - 1
        sentence = gettext(
            "If this turns out not to be so, the result is %(band)s: %(facts)s.",
            band=band(lower[0].band),
            facts=facts,
        )
        words.append(sentence)
        if more:
            words.append(
                ngettext(
                    "%(num)s other set of facts does the same.",
                    "%(num)s other sets of facts do the same.",
                    more,
                )
            )
    if higher:
        facts = "; ".join(fact for change in higher for fact in change.facts)
        words.append(
            gettext(
                "If one unknown thing turns out to be so, the result is %(band)s: %(facts)s.",
                band=band(higher[0].band),
                facts=facts,
            )
        )
    return " ".join(words) or gettext("No set of up to three facts gives another result.")


def reach(explained: Explanation) -> str:
    """Say how far the result may go if what is unknown turns out badly."""
    if not explained.unknown:
        return gettext("Nothing that was asked is unknown.")
    if explained.band == explained.band_max:
        return ngettext(
            "The result stays %(band)s if %(num)s unknown thing turns out badly.",
            "The result stays %(band)s if %(num)s unknown things turn out badly.",
            explained.unknown,
            band=band(explained.band),
        )
    return ngettext(
        "If %(num)s unknown thing turns out badly, the result is %(band)s.",
        "If %(num)s unknown things turn out badly, the result is %(band)s.",
        explained.unknown,
        band=band(explained.band_max),
    )
