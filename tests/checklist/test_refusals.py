"""Every field says what is wrong with it under its own name."""

from typing import Any

import pytest

from tests.checklist.payloads import NIK, answered, applicant, payload, refuse


@pytest.mark.parametrize(
    ("whole", "field"),
    [
        (payload(extra=1), "extra"),
        (applicant(religion="-"), "applicant.religion"),
        (payload(**{"<script>": 1}), "body"),
        (
            payload(documents={"SURAT-PPIU": "verified", "SURAT-LAIN": "verified"}),
            "documents.SURAT-LAIN",
        ),
        (payload(third_parties=[{"role": "agen", "email": "x"}]), "third_parties.0.email"),
        (payload(passport={"service": "baru", "number": "A1"}), "passport.number"),
        (answered(TP_99="ya"), "answers.TP-99"),
        (answered(TP_02="ya"), "answers.TP-02"),
        (payload(notes={"GT-1": "catatan panjang"}), "notes.GT-1"),
        (payload(office=7), "office"),
        (payload(office="X" * 21), "office"),
        (payload(office="PMK\u202e"), "office"),
        (payload(office="PM\x00K"), "office"),
        (applicant(name="12345"), "applicant.name"),
        (applicant(name="A" * 121), "applicant.name"),
        (applicant(name="Siti\nAminah"), "applicant.name"),
        (applicant(name="Siti\u200bAminah"), "applicant.name"),
        (applicant(name="Siti \ud800"), "applicant.name"),
        (applicant(nik="123"), "applicant.nik"),
        (applicant(nik=int(NIK)), "applicant.nik"),
        (applicant(nik="3528016001950000"), "applicant.nik"),
        (applicant(nik="3528017201950003"), "applicant.nik"),
        (applicant(nik="\u0663528016001950003"), "applicant.nik"),
        (applicant(kk_number="3528"), "applicant.kk_number"),
        (applicant(phone="12345"), "applicant.phone"),
        (applicant(phone="0812 tanya ibu"), "applicant.phone"),
        (applicant(phone="0812345678901234"), "applicant.phone"),
        (applicant(regency="3528"), "applicant.regency"),
        (applicant(district="35.28"), "applicant.district"),
        (applicant(village="35.28.01"), "applicant.village"),
        (applicant(district="35.27.01", village=None), "applicant.district"),
        (applicant(village="35.28.02.2001"), "applicant.village"),
        (applicant(district=None, village="35.27.01.2001"), "applicant.village"),
        (applicant(birth_date="20-01-1995"), "applicant.birth_date"),
        (applicant(birth_date="19950120"), "applicant.birth_date"),
        (applicant(birth_date="1995-02-30"), "applicant.birth_date"),
        (applicant(birth_date="2026-11-25"), "applicant.birth_date"),
        (applicant(birth_date="1900-01-01"), "applicant.birth_date"),
        (applicant(birth_date="1500-01-01"), "applicant.birth_date"),
        (applicant(sex="W"), "applicant.sex"),
        (payload(applicant="Siti"), "applicant"),
        (payload(purpose="umrah"), "purpose"),
        (payload(destination="SA"), "destination"),
        (payload(destination="XXX"), "destination"),
        (payload(destination=["SAU"]), "destination"),
        (payload(departure_date="soon"), "departure_date"),
        (payload(stay_days="12"), "stay_days"),
        (payload(stay_days=True), "stay_days"),
        (payload(stay_days=-1), "stay_days"),
        (payload(stay_days=3651), "stay_days"),
        (payload(stay_days=12.0), "stay_days"),
        (payload(documents={"SURAT-PPIU": "yes"}), "documents.SURAT-PPIU"),
        (payload(documents=[]), "documents"),
        (payload(passport={"issued": "2020-01-01"}), "passport.service"),
        (
            payload(
                passport={"service": "hilang", "issued": "2020-01-02", "event_date": "2020-01-01"}
            ),
            "passport.event_date",
        ),
        (payload(passport={"service": "baru", "replacements_5y": 100}), "passport.replacements_5y"),
        (payload(third_parties={}), "third_parties"),
        (payload(third_parties=[{"role": "agen"}] * 21), "third_parties"),
        (payload(third_parties=[3]), "third_parties.0"),
        (payload(third_parties=[{"name": "X"}]), "third_parties.0.role"),
        (payload(third_parties=[{"role": "agen", "phone": "x"}]), "third_parties.0.phone"),
        (payload(companion="ya"), "companion"),
        (payload(interpreter=1), "interpreter"),
        (payload(officer_judgement="merah"), "officer_judgement"),
        (payload(officer_judgement="perdalam"), "judgement_reason"),
        (payload(officer_judgement="rujuk", judgement_reason="  "), "judgement_reason"),
        (payload(judgement_reason="x" * 501), "judgement_reason"),
        (payload(channel="web"), "channel"),
        (payload(instrument="tppo-2025.1"), "instrument"),
        (payload(started_at="2026-11-24T10:00:00"), "started_at"),
        (payload(started_at="today"), "started_at"),
        (payload(started_at=1764000000), "started_at"),
        (payload(finished_at="2026-11-24T09:59:59+07:00"), "finished_at"),
        (payload(started_at="2026-11-22T10:00:00+07:00"), "finished_at"),
        (
            payload(
                started_at="2026-11-26T10:00:00+07:00", finished_at="2026-11-26T10:05:00+07:00"
            ),
            "finished_at",
        ),
        (answered(TP_05="mungkin"), "answers.TP-05"),
        (answered(TP_05="ejaan"), "answers.TP-05"),
        (answered(TP_05=True), "answers.TP-05"),
        (answered(GT_1="ejaan"), "answers.GT-1"),
        (answered(TP_14="left out"), "answers.TP-14"),
        (answered(TP_14=None), "answers.TP-14"),
        (answered(GT_2="left out"), "answers.PK-04"),
        (answered(GT_2="ya"), "answers.PK-01"),
        (answered(TP_05="td"), "answers.PL-02"),
        (answered(PK_02="ya"), "answers.PK-02"),
        (answered(ID_02="ejaan"), "answers.ID-02"),
        (answered(ID_05="identitas_sama"), "answers.ID-05"),
        (answered(RW_01="ya"), "notes.RW-01"),
    ],
)
def test_what_is_refused_names_its_field(whole: dict[str, Any], field: str) -> None:
    found = refuse(whole)
    assert field in found
    assert all(sentences for sentences in found.values())
