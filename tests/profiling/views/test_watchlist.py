"""The watch list page."""

import pytest

REASON = "Disebut pada tiga kasus di Sampang bulan ini."
ENTRY = {"kind": "phone", "value": "0812-3456-7890", "label": "perekrut", "reason": REASON}


def test_a_number_is_added_shown_and_taken_out_of_use(client):
    client.sign_in("analyst")
    assert "Daftar pantau kosong." in client.get_page("/watchlist").text
    page = client.post_page("/watchlist", {**ENTRY, "valid_from": "20-12-2026"})
    for word in ("Nomor sudah ada pada daftar.", "0812-3456-7890", REASON, "20 Des 2026"):
        assert word in page.text
    (address,) = [link for link in page.links if link.endswith("/end")]
    page = client.get_page(address)
    assert REASON in page.text
    page = client.post_page(address, {"version": "1", "reason": "Sudah dijelaskan oleh biro itu."})
    assert "Entri tidak dipakai lagi." in page.text
    assert "Sudah dijelaskan oleh biro itu." in page.text
    client.post_page(address, {"version": "1", "reason": REASON}, status=409)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": ""}, "Pilih telepon atau izin."),
        ({"value": "H. Contoh"}, "Tulis nomornya secara lengkap; nama saja tidak dicocokkan."),
        ({"reason": "."}, "Tulis sedikitnya 15 huruf."),
        ({"valid_from": "besok"}, "Tanggal belum terbaca. Contoh: 20-12-2026."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client, change, sentence):
    client.sign_in("analyst")
    client.get_page("/watchlist")
    page = client.post_page("/watchlist", {**ENTRY, **change}, status=422)
    assert page.text.count(sentence) == 2


def test_a_number_is_on_the_list_once(client):
    client.sign_in("analyst")
    client.get_page("/watchlist")
    client.post_page("/watchlist", ENTRY)
    page = client.post_page("/watchlist", ENTRY, status=422)
    assert "Nomor ini sudah ada pada daftar." in page.text


@pytest.mark.parametrize("role", ["officer", "supervisor", "steward", "admin", "auditor", "dpo"])
def test_other_roles_see_no_watch_list(client, role):
    client.sign_in(role)
    assert client.get("/watchlist").status_code in (403, 404)


def test_another_office_has_a_list_of_its_own(client):
    client.sign_in("analyst")
    client.get_page("/watchlist")
    page = client.post_page("/watchlist", ENTRY)
    (address,) = [link for link in page.links if link.endswith("/end")]
    client.sign_in("analyst-k001")
    assert "0812-3456-7890" not in client.get_page("/watchlist").text
    client.get_page(address, status=404)
