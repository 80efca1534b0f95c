"""The shapes of an interview: as a program hands it in, and as it is answered."""

from checklist.answer_sheet import NOTE_LIMIT
from checklist.answers import MAX_PARTIES, MAX_STAY, REASON_LIMIT
from checklist.fields import NAME_LIMIT
from checklist.vocabulary import (
    Answer,
    Band,
    Channel,
    Dimension,
    Disposition,
    Judgement,
    Outcome,
    Papers,
    PaperState,
    PassportService,
    Purpose,
    ReasonCode,
    Sex,
    ThirdPartyRole,
    VersionKind,
)
from profiling.api.schemas import (
    DATE,
    FLAG,
    MOMENT,
    RECEIPT,
    TEXT,
    WHOLE,
    Schema,
    keyed,
    maybe,
    obj,
    one_of,
    rows,
    short,
)

_NAME = short(NAME_LIMIT)
_PERSON: dict[str, Schema] = {
    "name": _NAME,
    "birth_date": DATE,
    "sex": one_of(Sex),
    "nik": maybe({"type": "string", "pattern": "^[0-9]{16}$"}),
    "phone": maybe(short(40)),
    "kk_number": maybe({"type": "string", "pattern": "^[0-9]{16}$"}),
    "mother_name": maybe(_NAME),
    "regency": maybe({"type": "string", "examples": ["35.28"]}),
    "district": maybe({"type": "string", "examples": ["35.28.01"]}),
    "village": maybe({"type": "string", "examples": ["35.28.01.2001"]}),
    "guardian": maybe(_NAME),
}
_APPLICANT = obj(_PERSON, optional=set(_PERSON) - {"name", "birth_date", "sex"})
_PASSPORT: dict[str, Schema] = {
    "service": one_of(PassportService),
    "issued": maybe(DATE),
    "event_date": maybe(DATE),
    "replacements_5y": maybe({"type": "integer", "minimum": 0, "maximum": 99}),
}
_PARTY: dict[str, Schema] = {
    "role": one_of(ThirdPartyRole),
    "name": maybe(_NAME),
    "phone": maybe(short(40)),
    "address": maybe(short(300)),
    "licence": maybe(short(60)),
}
_CONTENT: dict[str, Schema] = {
    "office": short(20),
    "application_no": maybe(short(40)),
    "applicant": _APPLICANT,
    "purpose": one_of(Purpose),
    "destination": maybe({"type": "string", "examples": ["SAU"]}),
    "departure_date": maybe(DATE),
    "stay_days": maybe({"type": "integer", "minimum": 0, "maximum": MAX_STAY}),
    "instrument": maybe(short(60)),
    "documents": keyed(one_of(PaperState)),
    "passport": maybe(obj(_PASSPORT, optional=set(_PASSPORT) - {"service"})),
    "answers": keyed(one_of(Answer)),
    "notes": maybe(keyed(short(NOTE_LIMIT))),
    "third_parties": maybe(
        {**rows(obj(_PARTY, optional=set(_PARTY) - {"role"})), "maxItems": MAX_PARTIES}
    ),
    "companion": maybe(FLAG),
    "interpreter": maybe(FLAG),
    "officer_judgement": one_of(Judgement),
    "judgement_reason": maybe(short(REASON_LIMIT)),
    "notice_version": maybe(short(40)),
    "started_at": MOMENT,
    "finished_at": MOMENT,
    "channel": one_of(Channel),
}
_REQUIRED = {
    "office",
    "applicant",
    "purpose",
    "documents",
    "answers",
    "officer_judgement",
    "started_at",
    "finished_at",
    "channel",
}
_CORRECTABLE = {
    name: shape
    for name, shape in _CONTENT.items()
    if name not in {"office", "application_no", "started_at", "instrument", "channel"}
}

INTERVIEW: Schema = obj(_CONTENT, optional=set(_CONTENT) - _REQUIRED)
"""An interview as it is handed in."""

CORRECTION: Schema = obj(
    {
        "version": WHOLE,
        "kind": one_of(kind for kind in VersionKind if kind is not VersionKind.ASLI),
        "reason": short(500, least=10),
        **{name: shape for name, shape in _CORRECTABLE.items() if name != "applicant"},
        "applicant": obj(_PERSON, optional=_PERSON),
    },
    optional={*_CORRECTABLE},
)
"""A correction: why, and the fields that change."""

_RESULT: dict[str, Schema] = {
    "receipt": WHOLE,
    "band": one_of(Band),
    "band_max": one_of(Band),
    "papers": one_of(Papers),
    "reasons": rows(obj({"code": maybe(TEXT), "text": TEXT})),
    "next_question": maybe(TEXT),
    "ruleset": TEXT,
    "model": {"type": "null"},
}

SEALED: Schema = obj({**RECEIPT, **_RESULT})
"""The receipt of a sealed interview, with the officer's view of its result."""

CORRECTED: Schema = obj({**RECEIPT, **_RESULT}, optional=set(_RESULT) - {"receipt"})
"""The receipt of a correction; a voided interview has no result."""

_STANDING: dict[str, Schema] = {
    "application_no": TEXT,
    "office": TEXT,
    "sealed_at": MOMENT,
    "state": one_of(["sealed", "decided"]),
    "voided": FLAG,
}
_DECIDED: dict[str, Schema] = {
    "disposition": maybe(one_of(Disposition)),
    "awaiting": maybe(one_of(["tunda", "kasus", "putusan"])),
    "tunda_until": maybe(MOMENT),
}
_DECISION = obj(
    {
        "sequence": WHOLE,
        "kind": one_of(["keputusan", "setuju", "kembali", "lewat"]),
        "disposition": maybe(one_of(Disposition)),
        "reason": maybe(TEXT),
        "reason_code": maybe(one_of(ReasonCode)),
        "role": TEXT,
        "person": TEXT,
        "decided_at": MOMENT,
    }
)
_ANSWERS = keyed(one_of(Answer))

OFFICERS_VIEW: Schema = obj({**RECEIPT, **_STANDING, **_RESULT, **_DECIDED})
SUPERVISORS_VIEW: Schema = obj(
    {**RECEIPT, **_STANDING, **_RESULT, **_DECIDED, "outcome": maybe(one_of(Outcome))}
)
ANALYSTS_VIEW: Schema = obj(
    {
        **RECEIPT,
        **_STANDING,
        **_RESULT,
        **_DECIDED,
        "reasons": rows(obj({"code": TEXT, "text": TEXT, "points": WHOLE})),
        "answers": _ANSWERS,
        "dimensions": obj(dict.fromkeys(Dimension, WHOLE)),
        "fired": rows(TEXT),
        "officer_judgement": one_of(Judgement),
        "judgement_reason": maybe(TEXT),
        "decisions": rows(_DECISION),
    }
)
BLIND_VIEW: Schema = obj(
    {**RECEIPT, **_STANDING, "receipt": WHOLE, "papers": one_of(Papers), "answers": _ANSWERS}
)
READ: Schema = {"anyOf": [OFFICERS_VIEW, SUPERVISORS_VIEW, ANALYSTS_VIEW, BLIND_VIEW]}
"""An interview for its reader: an officer, a supervisor, an analyst, or a blind reader."""
