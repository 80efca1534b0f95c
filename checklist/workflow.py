"""What may be decided on an interview and what may happen to a case."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from checklist.words import Word


class Outcome(Word):
    """How the review of a case ended."""

    TIDAK_TERBUKTI = "TIDAK-TERBUKTI", "Tidak terbukti", "Not confirmed"
    INDIKASI_NP = "INDIKASI-NP", "Indikasi PMI nonprosedural", "Indication of irregular labour"
    INDIKASI_TPPO = "INDIKASI-TPPO", "Indikasi TPPO", "Indication of trafficking"
    DOKUMEN_IDENTITAS = "DOKUMEN-IDENTITAS", "Dokumen atau identitas", "Documents or identity"
    PERLU_BAKET = "PERLU-BAKET", "Perlu bahan keterangan lagi", "More material needed"

    @property
    def training_label(self) -> int | None:
        """What a classifier may learn from it; None where nothing was concluded."""
        return None if self is Outcome.PERLU_BAKET else int(self.counts_as_indication)

    @property
    def counts_as_indication(self) -> bool:
        """Whether the review confirmed what the flag asked about."""
        return self in {Outcome.INDIKASI_NP, Outcome.INDIKASI_TPPO}


class Disposition(Word):
    """What a named person decides about the application."""

    LANJUT = "LANJUT", "Dilanjutkan", "Proceed"
    TUNDA = "TUNDA", "Ditunda untuk melengkapi berkas", "Postponed to complete papers"
    RUJUK = "RUJUK", "Dirujuk ke Inteldakim", "Referred to the intelligence section"
    BATAL = "BATAL", "Batal", "Lapsed or withdrawn"
    TOLAK_ADM = "TOLAK-ADM", "Ditolak, administratif", "Refused, administrative"
    TOLAK_NP = "TOLAK-NP", "Ditolak, nonprosedural", "Refused, irregular labour"
    TOLAK_KET = "TOLAK-KET", "Ditolak, keterangan tidak sesuai", "Refused, statements disagree"
    TANGGUH = "TANGGUH", "Ditangguhkan", "Suspended"
    CEGAH = "CEGAH", "Dicegah menurut daftar", "Exit ban by list"

    @property
    def roles(self) -> frozenset[str]:
        """The roles that may set it."""
        officers = {Disposition.LANJUT, Disposition.TUNDA, Disposition.RUJUK, Disposition.BATAL}
        return frozenset({"officer", "supervisor"} if self in officers else {"supervisor"})

    @property
    def needs_outcome(self) -> frozenset[Outcome] | None:
        """The outcomes of a closed case that allow it; None where no case is needed."""
        return _NEEDED_OUTCOMES.get(self)

    @property
    def severity(self) -> int | None:
        """0, 1 or 2 to compare with hijau, kuning, merah; None where it says nothing of risk."""
        return _SEVERITIES.get(self, 2)

    def is_allowed(self, *, role: str, outcome: Outcome | None) -> bool:
        """Whether this role may set it when the closed case, if any, ended in this outcome."""
        needed = self.needs_outcome
        return role in self.roles and (needed is None or outcome in needed)


_CONFIRMING = frozenset({Outcome.INDIKASI_NP, Outcome.INDIKASI_TPPO, Outcome.DOKUMEN_IDENTITAS})
_NEEDED_OUTCOMES = {
    Disposition.TOLAK_NP: frozenset({Outcome.INDIKASI_NP, Outcome.INDIKASI_TPPO}),
    Disposition.TOLAK_KET: frozenset({Outcome.DOKUMEN_IDENTITAS}),
    Disposition.TANGGUH: _CONFIRMING,
    Disposition.CEGAH: _CONFIRMING,
}
_SEVERITIES: Mapping[Disposition, int | None] = {
    Disposition.LANJUT: 0,
    Disposition.TUNDA: 1,
    Disposition.BATAL: None,
}


class ReasonCode(Word):
    """Why an application was postponed or refused; only NP is remembered against a purpose."""

    NP = "NP", "Nonprosedural", "Irregular labour"
    BERKAS = "BERKAS", "Berkas", "Papers"
    DATA = "DATA", "Data berbeda", "Data differ"
    DUPLIKASI = "DUPLIKASI", "Duplikasi", "Duplicate"
    LAIN = "LAIN", "Lain", "Other"


class CaseState(Word):
    """Where the review of a case stands."""

    BARU = "baru", "Baru", "New"
    DIAMBIL = "diambil", "Diambil", "Taken"
    DIDALAMI = "didalami", "Didalami", "Under review"
    MENUNGGU = "menunggu", "Menunggu instansi lain", "Waiting for another agency"
    SELESAI = "selesai", "Selesai, menunggu pembacaan kedua", "Done, awaiting a second reader"
    DITUTUP = "ditutup", "Ditutup", "Closed"

    @property
    def is_open(self) -> bool:
        """Whether work on the case remains."""
        return self is not CaseState.DITUTUP


class CaseOrigin(Word):
    """What opened a case."""

    MERAH = "merah", "Hasil merah", "Red result"
    RUJUKAN = "rujukan", "Rujukan petugas", "Referred by an officer"
    BACA_ULANG = "baca_ulang", "Baca ulang acak", "Random re-read"
    LONJAKAN = "lonjakan", "Lonjakan kontak yang sama", "Burst of one contact"


class CaseAction(StrEnum):
    """What a person does to a case."""

    TAKE = "take"
    FINDING = "finding"
    FINDING_WAITING = "finding_waiting"
    CLOSE = "close"
    CLOSE_UNREAD = "close_unread"
    CONFIRM = "confirm"
    REOPEN = "reopen"


CASE_TRANSITIONS: Mapping[tuple[CaseState, CaseAction], CaseState] = MappingProxyType(
    {
        (CaseState.BARU, CaseAction.TAKE): CaseState.DIAMBIL,
        **{
            (state, action): after
            for state in (CaseState.DIAMBIL, CaseState.DIDALAMI, CaseState.MENUNGGU)
            for action, after in (
                (CaseAction.FINDING, CaseState.DIDALAMI),
                (CaseAction.FINDING_WAITING, CaseState.MENUNGGU),
                (CaseAction.CLOSE, CaseState.DITUTUP),
                (CaseAction.CLOSE_UNREAD, CaseState.SELESAI),
            )
        },
        (CaseState.SELESAI, CaseAction.CONFIRM): CaseState.DITUTUP,
        (CaseState.SELESAI, CaseAction.REOPEN): CaseState.DIDALAMI,
        (CaseState.DITUTUP, CaseAction.REOPEN): CaseState.DIDALAMI,
    }
)


class TransitionRefusedError(ValueError):
    """The case is not in a state in which this can be done."""

    def __init__(self, state: CaseState, action: CaseAction) -> None:
        super().__init__(f"{action} is not possible in state {state}")
        self.state = state
        self.action = action


def next_case_state(state: CaseState, action: CaseAction) -> CaseState:
    """Return the state after the action, or refuse it."""
    after = CASE_TRANSITIONS.get((state, action))
    if after is None:
        raise TransitionRefusedError(state, action)
    return after


def closing_action(origin: CaseOrigin, outcome: Outcome) -> CaseAction:
    """Return how a close acts: a merah case found unconfirmed waits for a second reader."""
    waits = origin is CaseOrigin.MERAH and outcome is Outcome.TIDAK_TERBUKTI
    return CaseAction.CLOSE_UNREAD if waits else CaseAction.CLOSE
