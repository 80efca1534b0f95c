"""Signing in and out, settings, passwords."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from profiling.database import Database
from profiling.security.access import Actor, system_actor
from profiling.services import accounts, attempts, site
from profiling.services.accounts import NewAccount
from tests.support.client import SiteClient
from tests.support.databases import PASSWORD, ROLES


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client: SiteClient) -> None:
    answer = client.get("/me")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login?next=/me"
    page = client.get_page("/login?next=/me")
    answer = client.post(
        "/login",
        data={
            "username": "officer",
            "password": PASSWORD,
            "next": "/me",
            "csrf_token": page.token,
        },
    )
    assert answer.headers["Location"] == "/me"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.test/",
        "//example.test",
        "/\\example.test",
        "\\\\example.test",
        "javascript:alert(1)",
        "https:example.test",
        "/a\nb",
        "/\t/example.test",
        "\t//example.test",
        " //example.test",
        "//localhost@example.test",
        "http://localhost:80@example.test/",
        "///example.test",
    ],
)
def test_sign_in_never_leads_out_of_the_service(client: SiteClient, address: str) -> None:
    """REDIR-01."""
    page = client.get_page("/login")
    answer = client.post(
        "/login",
        data={
            "username": "officer",
            "password": PASSWORD,
            "next": address,
            "csrf_token": page.token,
        },
    )
    assert answer.headers["Location"] == "/"


def test_every_failure_reads_the_same(client: SiteClient) -> None:
    """AUTH-04, ENUM-01."""
    texts = set()
    for fields in (
        {"username": "officer", "password": "sandi yang lain sekali"},
        {"username": "nobody-here", "password": PASSWORD},
        {"username": "officer", "password": "x" * 5000},
    ):
        client.get_page("/login")
        page = client.post_page("/login", fields, status=401)
        assert "Nama atau kata sandi tidak cocok." in page.text
        assert page.title == "Perbaiki: Masuk - SIAGA"
        texts.add(page.text)
    assert len(texts) == 1


def test_an_empty_form_says_what_is_missing_and_keeps_the_name(client: SiteClient) -> None:
    client.get_page("/login")
    page = client.post_page("/login", {"username": " officer "}, status=422)
    assert "Ada 1 hal yang perlu diperbaiki" in page.text
    assert "#password" in page.links
    assert 'value="officer"' in page.html


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: SiteClient) -> None:
    """SESS-03."""
    client.sign_in()
    cookie = client.get_cookie("siaga")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.path == "/"
    assert cookie.domain == "localhost"
    assert len(cookie.value) >= 43


def test_sign_in_replaces_the_session_and_the_form_token(client: SiteClient) -> None:
    """SESS-02."""
    before = client.get_page("/login").token
    client.set_cookie("siaga", "chosen-by-someone-else")
    client.sign_in()
    cookie = client.get_cookie("siaga")
    assert cookie is not None
    assert cookie.value != "chosen-by-someone-else"
    answer = client.post("/me/settings", data={"csrf_token": before, "text_size": "large"})
    assert answer.status_code == 400


def test_sign_out_ends_the_session_on_the_server(client: SiteClient) -> None:
    """SESS-01, SESS-09."""
    client.sign_in()
    cookie = client.get_cookie("siaga")
    assert cookie is not None
    answer = client.post("/logout", data={"csrf_token": client.token})
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "Anda sudah keluar." in client.get_page("/login").text
    client.set_cookie("siaga", cookie.value)
    assert client.get("/me").status_code == 302


def test_settings_are_kept_and_show_on_every_page(client: SiteClient) -> None:
    client.sign_in()
    page = client.get_page("/me")
    assert 'data-keys="on" data-advance="on" data-close="on"' in page.html
    page = client.post_page(
        "/me/settings", {"auto_advance": "y", "text_size": "large", "locale": "en"}
    )
    assert page.lang == "en"
    assert 'data-text="large" data-keys="off" data-advance="on" data-close="off"' in page.html
    assert "Settings saved." in page.text


def test_a_new_password_ends_every_session(app: Flask, client: SiteClient) -> None:
    """AUTH-16."""
    client.sign_in()
    elsewhere = app.test_client()
    assert isinstance(elsewhere, SiteClient)
    elsewhere.sign_in()
    page = client.post_page(
        "/me/password", {"current": "bukan sandinya", "new": "sandi yang baru sekali"}, status=422
    )
    assert "Kata sandi sekarang tidak cocok." in page.text
    page = client.post_page("/me/password", {"current": PASSWORD, "new": "pendek"}, status=422)
    assert "12 sampai 200" in page.text
    page = client.post_page("/me/password", {"current": PASSWORD, "new": "sandi yang baru sekali"})
    assert page.title == "Masuk - SIAGA"
    assert elsewhere.get("/me").status_code == 302


def test_a_covered_screen_opens_with_the_own_password_only(client: SiteClient) -> None:
    client.sign_in()
    assert client.post_json("/unlock", {"password": PASSWORD}).status_code == 204
    for body in ({"password": "lain"}, {"password": None}, {}, ["x"]):
        answer = client.post_json("/unlock", body)
        assert answer.status_code == 403
        assert answer.json == {"error": "not_allowed"}


def test_each_account_has_its_own_device_key(app: Flask, client: SiteClient) -> None:
    client.sign_in("officer")
    first = client.post_json("/device-key", {}).json
    assert first == client.post_json("/device-key", {}).json
    other = app.test_client()
    assert isinstance(other, SiteClient)
    other.sign_in("officer2")
    second = other.post_json("/device-key", {}).json
    assert first
    assert second
    assert len(base64.b64decode(first["key"])) == 32
    assert first["key"] != second["key"]
    assert first["account"] != second["account"]


def test_the_demonstration_offers_every_role_however_many_accounts_there_are(
    client: SiteClient, database: Database
) -> None:
    with database.transaction() as session:
        for number in range(30):
            new = NewAccount(
                username=f"petugas{number:02}",
                name="Petugas Tambahan",
                person_no=f"T{number:03}",
                role="officer",
                scope="office",
                office="PMK",
                password=PASSWORD,
            )
            accounts.create_account(session, system_actor(), new)
    offered = re.findall(r'name="username" value="([a-z0-9-]+)"', client.get_page("/login").html)
    assert {name.rstrip("0123456789").split("-")[0] for name in offered} == {*ROLES, "petugas"}
    assert sum(name.startswith(("officer", "petugas")) for name in offered) == 8
    assert offered[0] == "officer"


def test_the_demonstration_signs_in_with_one_step(client: SiteClient) -> None:
    page = client.get_page("/login")
    assert "Peragaan: masuk dengan satu langkah" in page.text
    answer = client.post("/login/demo", data={"username": "analyst", "csrf_token": page.token})
    assert answer.status_code == 303
    assert "Pegawai analyst" in client.get_page("/me").text


def test_a_one_time_password_opens_nothing_but_its_change(
    client: SiteClient, database: Database, actor: Callable[[str], Actor]
) -> None:
    """SESS-10."""
    new = NewAccount("baru", "Pegawai Baru", "P900", "officer", "office", office="PMK")
    with database.transaction() as writing:
        _, password = accounts.create_account(writing, actor("admin"), new)
    token = client.get_page("/login").token
    client.post("/login", data={"username": "baru", "password": password, "csrf_token": token})
    page = client.get_page("/guide")
    assert page.title == "Akun saya - SIAGA"
    assert "Kata sandi Anda hanya untuk satu kali." in page.text
    assert client.post_json("/device-key", {}).json == {"error": "password_change_needed"}
    client.post_page("/me/password", {"current": password, "new": PASSWORD})
    client.sign_in("baru")
    assert "hanya untuk satu kali" not in client.get_page("/me").text
    assert client.get_page("/guide").status == 200


def test_a_simulated_place_says_so_on_every_page(
    client: SiteClient, database: Database, actor: Callable[[str], Actor]
) -> None:
    client.application.config["SETTINGS"] = replace(database.settings, env="production")
    base = {"base_url": "https://localhost"}
    assert "rekaan" not in client.get_page("/login", **base).text
    for _ in range(2):
        with database.transaction() as writing:
            site.mark_simulated(writing, actor("admin"))
    assert (
        "Simulasi. Semua orang dan angka di sini rekaan." in client.get_page("/login", **base).text
    )


def test_too_many_tries_are_told_to_wait(client: SiteClient) -> None:
    """AUTH-05."""
    for _ in range(attempts.PAIR_LIMIT):
        client.get_page("/login")
        client.post_page("/login", {"username": "officer", "password": "lain"}, status=401)
    for password in ("lain", PASSWORD):
        client.get_page("/login")
        page = client.post_page("/login", {"username": "officer", "password": password}, status=429)
        assert "Terlalu banyak percobaan. Coba lagi dalam 15 menit." in page.text
    client.sign_in("officer2")


def test_settings_that_a_role_does_not_see_stay_as_they_are(client: SiteClient) -> None:
    """MASS-05."""
    client.sign_in("analyst")
    assert "Di loket" not in client.get_page("/me").text
    page = client.post_page("/me/settings", {"text_size": "large", "locale": "id"})
    assert 'data-text="large" data-keys="on" data-advance="on" data-close="on"' in page.html


def test_a_guide_lists_its_parts(client: SiteClient) -> None:
    client.sign_in("officer")
    page = client.get_page("/guide")
    parts = [link for link in page.links if link.startswith("#part-")]
    assert len(parts) > 5
    assert {link[1:] for link in parts} <= set(page.ids)
    client.sign_in("auditor")
    assert "/guide" not in client.get_page("/me").links


def test_a_forged_address_does_not_dodge_the_limit(client: SiteClient) -> None:
    """HDR-07, RATE-02."""
    statuses = []
    for number in range(attempts.PAIR_LIMIT + 1):
        token = client.get_page("/login").token
        answer = client.post(
            "/login",
            data={"username": "OFFICER ", "password": "lain", "csrf_token": token},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        )
        statuses.append(answer.status_code)
    assert statuses == [401] * attempts.PAIR_LIMIT + [429]


def test_the_sign_in_page_tells_devices_apart_by_their_office(client: SiteClient) -> None:
    client.sign_in("officer")
    client.post_page("/logout", {})
    page = client.get_page("/login")
    assert "Kantor Imigrasi Pamekasan" in page.text
    # Once in the demonstration's list of accounts; who was here last is not told.
    assert page.text.count("Pegawai officer,") == 1
