"""What a person reads when something they gave cannot be accepted; never the thing they gave."""

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "required": ("Isi bagian ini.", "Fill this in."),
        "unknown_field": (
            "Bagian ini tidak dikenal. Hapus dari kiriman.",
            "This field is not known. Leave it out.",
        ),
        "not_object": ("Isi berupa objek JSON.", "A JSON object is expected."),
        "not_list": ("Isi berupa daftar.", "A list is expected."),
        "not_text": ("Isi berupa teks.", "Text is expected."),
        "not_whole": ("Isi dengan bilangan bulat.", "Give a whole number."),
        "not_boolean": ("Isi dengan true atau false.", "Give true or false."),
        "out_of_range": (
            "Isi dengan bilangan {low} sampai {high}.",
            "Give a number from {low} to {high}.",
        ),
        "too_long": ("Isi paling banyak {limit} huruf.", "Use at most {limit} characters."),
        "too_many": ("Isi paling banyak {limit} baris.", "Give at most {limit} entries."),
        "unseen_signs": (
            "Ada tanda yang tidak terlihat. Ketik ulang bagian ini.",
            "There are characters that cannot be seen. Type this again.",
        ),
        "no_letter": ("Tulis nama dengan huruf.", "Write the name in letters."),
        "one_of": ("Pilih salah satu: {choices}.", "Choose one of: {choices}."),
        "country": (
            "Pilih negara dari daftar (kode tiga huruf).",
            "Choose a country from the list (three-letter code).",
        ),
        "region": (
            "Kode wilayah memakai titik. Contoh: {example}.",
            "Region codes are dotted. Example: {example}.",
        ),
        "region_outside": (
            "Wilayah ini tidak berada di wilayah yang dipilih di atasnya. Pilih ulang.",
            "This place does not lie in the one chosen above it. Choose again.",
        ),
        "phone": (
            "Nomor telepon terdiri atas 6 sampai 15 angka. Baca ulang nomornya.",
            "A phone number has 6 to 15 digits. Read it again.",
        ),
        "kk": (
            "Nomor KK terdiri atas 16 angka. Baca ulang dari KK.",
            "A family card number has 16 digits. Read it again from the card.",
        ),
        "date": (
            "Tanggal belum terbaca. Contoh: 2026-12-20.",
            "The date could not be read. Example: 2026-12-20.",
        ),
        "moment": (
            "Waktu belum terbaca. Contoh: 2026-12-20T10:42:00+07:00.",
            "The time could not be read. Example: 2026-12-20T10:42:00+07:00.",
        ),
        "born_later": (
            "Tanggal lahir sesudah tanggal wawancara. Periksa keduanya.",
            "The birth date is after the interview. Check both.",
        ),
        "too_old": (
            "Tanggal lahir lebih dari {limit} tahun lalu. Baca ulang dari KTP.",
            "The birth date is more than {limit} years ago. Read it again from the card.",
        ),
        "ends_before_start": (
            "Waktu selesai sebelum waktu mulai. Periksa keduanya.",
            "The end is before the start. Check both.",
        ),
        "too_long_interview": (
            "Wawancara paling lama 24 jam. Periksa waktu mulai dan selesai.",
            "An interview lasts 24 hours at most. Check start and end.",
        ),
        "in_future": (
            "Waktu ini belum terjadi. Periksa jam perangkat.",
            "This time is still to come. Check the clock of the device.",
        ),
        "issued_later": (
            "Tanggal terbit sesudah kejadian. Periksa keduanya.",
            "The date of issue is after the event. Check both.",
        ),
        "unknown_question": ("Pertanyaan ini tidak dikenal.", "This question is not known."),
        "computed": (
            "Hal ini dihitung dari data, bukan dijawab.",
            "This is worked out from the facts, not answered.",
        ),
        "unknown_paper": ("Berkas ini tidak dikenal.", "This paper is not known."),
        "closed_gate": (
            "Pertanyaan pembuka dijawab Tidak. Ubah salah satunya.",
            "The opening question says No. Change one of the two.",
        ),
        "missing_answer": (
            "Pilih Ya, Tidak, atau Belum diketahui: {question}",
            "Choose Yes, No, or Not known yet: {question}",
        ),
        "missing_paper": (
            "Pilih keadaan berkas ini: {paper}.",
            "Choose how this paper stands: {paper}.",
        ),
        "note_needed": (
            "Tulis apa yang dikatakan atau terlihat (sedikitnya {low} huruf).",
            "Write what was said or seen (at least {low} characters).",
        ),
        "judgement": (
            "Pilih penilaian Anda: Lanjut, Perdalam, atau Rujuk.",
            "Choose your judgement: Proceed, Look deeper, or Refer.",
        ),
        "judgement_reason": (
            "Tulis satu kalimat alasan penilaian Anda.",
            "Write one sentence on why you judged so.",
        ),
        "other_instrument": (
            "Versi daftar periksa ini bukan yang dipakai.",
            "This is not the version of the checklist in use.",
        ),
    }
)
SHAPE = frozenset(
    {
        "unknown_field",
        "not_object",
        "not_list",
        "not_text",
        "not_whole",
        "not_boolean",
        "too_long",
        "too_many",
        "unseen_signs",
        "unknown_question",
        "computed",
        "unknown_paper",
        "one_of",
    }
)
"""What cannot become right by typing on; a draft is refused for these alone."""


def sentence(name: str, lang: str = "id", **values: object) -> str:
    """Return the sentence in this language."""
    indonesian, english = SENTENCES[name]
    return (english if lang == "en" else indonesian).format(**values)
