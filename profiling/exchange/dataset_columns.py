"""The columns of the intelligence dataset: what each holds, and of which type."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from checklist.instrument import Instrument


class Kind(StrEnum):
    """The type of a column."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    DAY = "date"
    FLAG = "0 or 1"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; empty always means unknown or not so."""

    name: str
    kind: Kind
    meaning: str


_T, _W, _N, _D, _F = Kind.TEXT, Kind.WHOLE, Kind.NUMBER, Kind.DAY, Kind.FLAG

WHO = (
    Column("record_id", _T, "Pseudonym of the interview."),
    Column("person", _T, "Pseudonym of the applicant's NIK: the same person has the same one."),
    Column("household", _T, "Pseudonym of the household: family card number, else NIK."),
    Column("phone", _T, "Pseudonym of the applicant's phone number."),
    Column(
        "third_party_phones",
        _T,
        "Pseudonyms of the phone numbers of third parties, a blank between; made like `phone`, "
        "so that the two can be joined.",
    ),
    Column("third_party_licences", _T, "Pseudonyms of the licence numbers of third parties."),
    Column("third_party_roles", _T, "What third parties do, by the applicant's account."),
    Column("office", _T, "Code of the office or place of service."),
    Column("interview_date", _D, "Day of the first seal, in the office's time zone."),
    Column("channel", _T, "counter, mpp, mobile or paper."),
    Column("sex", _T, "L or P, as declared; for fairness reports only."),
    Column("age_band", _T, "Age in whole years on the day of the interview, in bands."),
    Column("is_child", _F, "Whether the applicant was under 18."),
    Column("regency", _T, "Dotted code of the regency of living; for fairness reports only."),
    Column("district", _T, "Dotted code of the district of living; for fairness reports only."),
)
"""Who and where: pseudonyms and bands, never a name, a NIK or a birth date."""

JOURNEY = (
    Column("purpose", _T, "Purpose by the applicant's account."),
    Column("destination", _T, "ISO 3166 alpha-3 code of the destination."),
    Column("stay_days", _W, "Stated length of stay in days."),
    Column("days_to_departure", _W, "Days from the interview to the stated departure."),
    Column("missing_documents", _W, "Obligatory papers that are missing."),
    Column("companion", _F, "Whether a companion was present."),
    Column("interpreter", _F, "Whether an interpreter was needed."),
)

HISTORY = (
    Column("prior_np_refusal_days", _W, "Days since the latest decision for irregular labour."),
    Column("prior_np_refusal_purpose", _T, "Purpose of that earlier application."),
    Column("shared_contact_households_90d", _W, "Other households with the same contact, 90 days."),
    Column("shared_third_party_households_180d", _W, "Other households with one third party."),
    Column("watchlist_hit", _F, "Whether the watch list named the applicant or a contact."),
    Column("replacement_months", _W, "Whole months from issue to loss or damage of the passport."),
    Column("replacements_5y", _W, "Passports replaced in five years."),
    Column("nik_disagrees", _F, "Whether the NIK disagrees with birth date or sex."),
)
"""What the service had looked up when the interview was sealed."""

RESULT = (
    *(
        Column(code, _W, f"Points of dimension {code}.")
        for code in ["TP", "DR", "CR", "AV", "ID", "RW"]
    ),
    Column("positive", _T, "Dimensions at or above the limit."),
    Column("fired", _T, "Indicators that counted."),
    Column("band", _T, "Result of the rules: hijau, kuning or merah."),
    Column("band_max", _T, "The band if every unknown turned out badly."),
    Column("papers", _T, "lengkap, tunda or belum_diperiksa."),
    Column("ruleset", _T, "Version of the rules that assessed it."),
    Column("ruleset_sha256", _T, "Digest of these rules."),
    Column("judgement", _T, "The officer's own judgement, before the result was shown."),
    Column("decision", _T, "The first decision on the interview."),
    Column("decision_reason", _T, "Coded reason of that decision, where one was given."),
    Column("case_origin", _T, "What opened the case: merah, rujukan, baca_ulang, lonjakan."),
    Column("case_outcome", _T, "How the closed case ended; empty while it is open."),
    Column(
        "outcome",
        _W,
        "Label for training: 1 INDIKASI-NP or INDIKASI-TPPO, 0 TIDAK-TERBUKTI or "
        "DOKUMEN-IDENTITAS, empty where nothing was concluded or reviewed.",
    ),
    Column(
        "propensity",
        _N,
        "Chance that the interview was reviewed: 1 where the result, an officer or a burst opened "
        "a case, else the share of hijau re-read; empty where it could not be drawn.",
    ),
)
"""What was concluded at the time, by rules and by people."""


def columns_of(instrument: Instrument) -> tuple[Column, ...]:
    """Return all columns; the answers stand in catalogue order."""
    answers = tuple(
        Column(code, _T, instrument.indicators[code].wording.of("en"))
        for code in instrument.questions
    )
    return (*WHO, *JOURNEY, *answers, *HISTORY, *RESULT)


def dictionary(columns: Sequence[Column]) -> str:
    """Return the data dictionary as a table in Markdown."""
    lines = ["| column | type | meaning |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in columns]
    return "\n".join(lines) + "\n"
