"""How the entries of a case's timeline are worded."""

from collections.abc import Sequence

from checklist.vocabulary import Band, Channel, Disposition, Judgement, Outcome, VersionKind
from profiling.services.case_views import TimelineEntry
from profiling.views.frame.language import language
from profiling.views.texts import gettext


def happened(entry: TimelineEntry) -> str:
    """Name what happened."""
    names = {
        "appointment": gettext("Appointment"),
        "walk_in": gettext("Without appointment"),
        "interview": gettext("Interview"),
        "sealed": gettext("Sealed"),
        "keputusan": gettext("Decision"),
        "setuju": gettext("Confirmed"),
        "kembali": gettext("Returned"),
        "lewat": gettext("Lapsed"),
        "open": gettext("Case opened"),
        "take": gettext("Taken"),
        "finding": gettext("Finding"),
        "finding_waiting": gettext("Finding"),
        "close": gettext("Closed"),
        "close_unread": gettext("Finished"),
        "confirm": gettext("Confirmed"),
        "reopen": gettext("Reopened"),
        "nik_opened": gettext("NIK opened"),
        "read": gettext("Read"),
    }
    return names[entry.action]


def details(entry: TimelineEntry) -> str:
    """Say what happened in a line: words, text, and who."""
    parts = [*_facts(entry), _ended(entry.text or "")]
    return " ".join(part for part in (*parts, _ended(entry.who)) if part)


def _facts(entry: TimelineEntry) -> Sequence[str]:
    facts, lang = entry.facts, language()
    if entry.action == "appointment":
        return [gettext("Received with the queue.")]
    if entry.action == "interview":
        return _interview(entry)
    if entry.action == "sealed":
        return _sealed(entry)
    found = []
    if "disposition" in facts:
        found.append(_ended(Disposition(facts["disposition"]).label(lang)))
    if "outcome" in facts:
        found.append(_ended(Outcome(facts["outcome"]).label(lang)))
    if "waiting_for" in facts:
        found.append(gettext("Waiting for: %(agency)s.", agency=facts["waiting_for"]))
    return found


def _interview(entry: TimelineEntry) -> list[str]:
    where = Channel(entry.facts["channel"]).label(language())
    companion = {
        "yes": gettext("With a companion."),
        "no": gettext("Without a companion."),
        "": "",
    }[entry.facts["companion"]]
    return [gettext("Began: %(where)s.", where=where), companion]


def _sealed(entry: TimelineEntry) -> list[str]:
    facts, lang = entry.facts, language()
    kind = VersionKind(facts["kind"]).label(lang).lower()
    words = [gettext("Version %(number)s (%(kind)s).", number=facts["version"], kind=kind)]
    if "band" in facts:
        words.append(
            gettext(
                "Result %(band)s by rules %(rules)s. Officer's own judgement: %(judgement)s.",
                band=Band(facts["band"]).label(lang),
                rules=facts["rules"],
                judgement=Judgement(facts["judgement"]).label(lang),
            )
        )
    return words


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
