"""The closed word lists of the domain, with their labels in both languages."""

from checklist.words import LANGUAGES, Word
from checklist.workflow import (
    CASE_TRANSITIONS,
    CaseAction,
    CaseOrigin,
    CaseState,
    Disposition,
    Outcome,
    ReasonCode,
    TransitionRefusedError,
    closing_action,
    next_case_state,
)

__all__ = [
    "CASE_TRANSITIONS",
    "LANGUAGES",
    "Answer",
    "Band",
    "CaseAction",
    "CaseOrigin",
    "CaseState",
    "Channel",
    "Dimension",
    "Disposition",
    "Judgement",
    "Outcome",
    "PaperState",
    "Papers",
    "PassportService",
    "Purpose",
    "ReasonCode",
    "Sex",
    "Strength",
    "ThirdPartyRole",
    "TransitionRefusedError",
    "VersionKind",
    "Word",
    "closing_action",
    "next_case_state",
]


class Answer(Word):
    """What was said to one question; a question not asked has no answer at all."""

    YA = "ya", "Ya", "Yes"
    TIDAK = "tidak", "Tidak", "No"
    TD = "td", "Belum diketahui", "Not known yet"
    EJAAN = "ejaan", "Hanya beda ejaan", "Only the spelling differs"
    IDENTITAS_SAMA = "identitas_sama", "Ada, identitas sama", "Match, same identity"
    IDENTITAS_BERBEDA = "identitas_berbeda", "Ada, identitas berbeda", "Match, different identity"

    @property
    def is_adverse(self) -> bool:
        """Whether the answer makes its indicator fire."""
        return self not in {Answer.TIDAK, Answer.TD}


class Band(Word):
    """How soon a person should look; ordered from hijau to merah."""

    HIJAU = "hijau", "Hijau", "Green"
    KUNING = "kuning", "Kuning", "Yellow"
    MERAH = "merah", "Merah", "Red"

    @property
    def severity(self) -> int:
        """0 for hijau, 1 for kuning, 2 for merah."""
        return _SEVERITY[self]

    def __lt__(self, other: object) -> bool:
        """Order by urgency, not by letters."""
        return isinstance(other, Band) and self.severity < other.severity

    def __gt__(self, other: object) -> bool:
        return isinstance(other, Band) and self.severity > other.severity

    def __le__(self, other: object) -> bool:
        return self == other or self < other

    def __ge__(self, other: object) -> bool:
        return self == other or self > other


_SEVERITY = {Band.HIJAU: 0, Band.KUNING: 1, Band.MERAH: 2}


class Papers(Word):
    """Where the obligatory papers of the stated purpose stand, apart from the band."""

    LENGKAP = "lengkap", "Berkas lengkap", "Papers complete"
    TUNDA = "tunda", "Berkas belum lengkap", "Papers missing"
    BELUM_DIPERIKSA = "belum_diperiksa", "Berkas belum diperiksa", "Papers not checked yet"


class PaperState(Word):
    """What the officer saw of one paper."""

    VERIFIED = "verified", "Terverifikasi", "Verified"
    UNVERIFIED = "unverified", "Ada, belum diverifikasi", "Present, not verified"
    MISSING = "missing", "Tidak ada", "Missing"


class Judgement(Word):
    """The officer's own reading, given before any result is shown."""

    LANJUT = "lanjut", "Lanjut", "Proceed"
    PERDALAM = "perdalam", "Perdalam", "Look deeper"
    RUJUK = "rujuk", "Rujuk", "Refer"

    @property
    def matching_band(self) -> Band:
        """The band that says the same as this judgement."""
        return _MATCHING[self]


_MATCHING = {
    Judgement.LANJUT: Band.HIJAU,
    Judgement.PERDALAM: Band.KUNING,
    Judgement.RUJUK: Band.MERAH,
}


class Purpose(Word):
    """Why the applicant says they travel."""

    UMR = "UMR", "Umrah", "Umrah"
    HAJ = "HAJ", "Haji", "Hajj"
    WIS = "WIS", "Wisata", "Tourism"
    KEL = "KEL", "Kunjungan keluarga", "Family visit"
    KRJ = "KRJ", "Bekerja (PMI)", "Work as a migrant worker"
    PLT = "PLT", "Pelaut", "Seafarer"
    MAG = "MAG", "Magang atau pelatihan", "Internship or training"
    STU = "STU", "Belajar", "Study"
    BRB = "BRB", "Berobat", "Medical treatment"
    BIS = "BIS", "Bisnis atau dinas", "Business or official"
    PSG = "PSG", "Menikah atau ikut pasangan", "Marriage or joining a spouse"
    BLM = "BLM", "Belum ada rencana", "No plan yet"
    LLN = "LLN", "Lainnya", "Other"


class Dimension(Word):
    """What an indicator speaks about; reports and reasons keep this order."""

    TP = "TP", "Tujuan perjalanan", "Purpose of travel"
    DR = "DR", "Cara perekrutan: janji", "Recruitment: promises"
    CR = "CR", "Cara perekrutan: tekanan", "Recruitment: pressure"
    AV = "AV", "Keadaan yang dimanfaatkan", "Circumstances taken advantage of"
    ID = "ID", "Identitas dan dokumen", "Identity and documents"
    RW = "RW", "Riwayat", "History"


class Strength(Word):
    """How much one fired indicator weighs."""

    NONE = "none", "Administratif", "Administrative"
    WEAK = "weak", "Lemah", "Weak"
    MEDIUM = "medium", "Sedang", "Medium"
    STRONG = "strong", "Kuat", "Strong"


class Sex(Word):
    """Sex as declared; used only to check the NIK against itself."""

    L = "L", "Laki-laki", "Male"
    P = "P", "Perempuan", "Female"


class Channel(Word):
    """Where the interview was held."""

    COUNTER = "counter", "Loket", "Counter"
    MPP = "mpp", "Mal Pelayanan Publik", "Public service mall"
    MOBILE = "mobile", "Layanan keliling", "Mobile unit"
    PAPER = "paper", "Formulir kertas", "Paper form"


class VersionKind(Word):
    """Why a sealed version of an interview exists."""

    ASLI = "asli", "Asli", "Original"
    PERBAIKAN = "perbaikan", "Perbaikan", "Correction"
    PENDALAMAN = "pendalaman", "Pendalaman", "Further answers"
    BATAL = "batal", "Dibatalkan", "Voided"


class ThirdPartyRole(Word):
    """What somebody else does in this journey, by the applicant's account."""

    SPONSOR = "sponsor", "Sponsor", "Sponsor"
    AGEN = "agen", "Agen", "Agent"
    PEREKRUT = "perekrut", "Perekrut", "Recruiter"
    BIRO = "biro", "Biro perjalanan", "Travel bureau"
    PENGUNDANG = "pengundang", "Pengundang", "Inviter"
    PENDAMPING = "pendamping", "Pendamping", "Companion"
    KELUARGA = "keluarga", "Keluarga", "Family"


class PassportService(Word):
    """What the applicant asks for."""

    BARU = "baru", "Baru", "New"
    GANTI = "ganti", "Penggantian", "Renewal"
    HILANG = "hilang", "Hilang", "Lost"
    RUSAK = "rusak", "Rusak", "Damaged"
