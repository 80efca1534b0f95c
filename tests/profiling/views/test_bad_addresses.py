"""Signs that no record can hold, in addresses and forms, on both engines."""

import uuid

import pytest

REASON = "Alasan yang cukup panjang."


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("analyst", "/cases/%00", 404),
        ("analyst", "/cases?regency=%00", 400),
        ("analyst", "/watchlist/%00/end", 404),
        ("officer", "/interviews/%00", 404),
        ("officer", "/interviews/%00/notice", 404),
        ("officer", "/interviews/new?application=%00", 400),
        ("officer", "/login?next=%00", 400),
    ],
)
def test_a_nul_in_an_address_finds_nothing(client, who, address, status):
    client.sign_in(who)
    client.get_page(address, status=status)


def test_a_nul_in_a_form_finds_nothing(client):
    client.sign_in("officer")
    client.post_page("/interviews/find", {"number": "\x00"}, status=422)
    client.get_page("/queue")
    client.post_page("/queue/absent", {"application_no": "\x00"}, status=404)
    decision = {"version": "1", "disposition": "LANJUT", "key": str(uuid.uuid4())}
    client.post_page("/interviews/%00/decision", decision, status=404)


def test_a_nul_is_nobodys_name(client):
    client.get_page("/login")
    client.post_page("/login/demo", {"username": "\x00"}, status=401)


def test_half_a_sign_is_left_out_of_a_draft(client):
    client.sign_in("officer")
    client.get_page("/interviews/new")
    opened = client.post(
        "/interviews/new",
        data={"csrf_token": client.token, "name": "Siti", "birth_date": "1992-03-12", "sex": "P"},
    )
    address = opened.headers["Location"]
    body = {"revision": 0, "fields": {"applicant.name": "Siti\ud800 Contoh\x00"}}
    answer = client.put(f"{address}/draft", json=body, headers={"X-CSRFToken": client.token})
    assert answer.status_code == 200
    assert "Siti Contoh" in client.get(address).get_data(as_text=True)
    sent = {"revision": "9" * 5000, "applicant.name": "Siti", "step": "save"}
    client.get_page(address)
    assert client.post(address, data={"csrf_token": client.token, **sent}).status_code == 200
