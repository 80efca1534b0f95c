"""What templates and static files may hold: no inline code, nothing from outside."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "profiling"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = sorted(
    path
    for path in (ROOT / "static").rglob("*")
    if path.suffix in (".css", ".js", ".svg", ".json", ".webmanifest")
)
TOKENS = (ROOT / "static" / "css" / "siaga.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_code(file: Path) -> None:
    """HDR-02."""
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\bstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<\w[^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"javascript:", text)
    assert "|safe" not in text.replace(" ", "")
    assert 'type="number"' not in text


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda path: path.name)
def test_templates_load_nothing_from_outside(file: Path) -> None:
    """HDR-05."""
    assert not re.search(r"(?:https?:)?//[a-z0-9]", file.read_text(encoding="utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda path: path.name)
def test_every_writing_form_carries_the_token(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL | re.IGNORECASE)
    assert [form[:80] for form in forms if "csrf()" not in form] == []


@pytest.mark.parametrize("file", STATIC, ids=lambda path: path.name)
def test_static_files_name_no_foreign_host(file: Path) -> None:
    """HDR-05."""
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
    assert not re.search(r"https?://|@import|url\(\s*[\"']?//", text)


@pytest.mark.parametrize("file", STATIC, ids=lambda path: path.name)
def test_colours_come_from_the_tokens(file: Path) -> None:
    if file.suffix != ".css":
        return
    body = file.read_text(encoding="utf-8").split("}", 1)[1]
    body = re.sub(r"url\([^)]*\)", "", body)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", body) == []


@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        ("ink", "paper", 14.7),
        ("ink", "paper-2", 13.7),
        ("ink-2", "paper", 6.4),
        ("ink-2", "paper-2", 5.9),
        ("ink-2", "tint", 4.5),
        ("ink-2", "error-tint", 4.5),
        ("line-input", "paper", 4.4),
        ("line-input", "paper-2", 4.1),
        ("accent", "paper", 8.8),
        ("accent", "paper-2", 8.2),
        ("accent", "tint", 4.5),
        ("paper", "accent", 8.8),
        ("paper", "accent-deep", 8.8),
        ("accent-deep", "tint", 4.5),
        ("link", "paper", 6.9),
        ("link", "paper-2", 4.5),
        ("link", "tint", 4.5),
        ("error", "paper", 7.2),
        ("error", "error-tint", 6.4),
        ("error", "tint", 4.5),
        ("offline", "offline-tint", 7.2),
        ("hijau", "hijau-tint", 8.5),
        ("hijau", "paper", 9.7),
        ("kuning", "kuning-tint", 7.7),
        ("kuning", "paper", 8.6),
        ("merah", "merah-tint", 7.0),
        ("merah", "paper", 8.0),
        ("paper", "map-4", 4.5),
        ("paper", "map-5", 4.5),
        ("ink", "map-3", 4.5),
    ],
)
def test_tokens_can_be_read(ink: str, paper: str, least: float) -> None:
    assert _contrast(_token(ink), _token(paper)) >= least


def test_focus_ring_stands_out() -> None:
    ring = re.search(r":focus-visible[^{]*\{\s*outline: (\d)px solid var\(--accent\)", TOKENS)
    assert ring
    assert int(ring[1]) >= 3


def _token(name: str) -> str:
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}});", TOKENS)
    assert found, name
    return found[1]


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
