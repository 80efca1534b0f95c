"""No tracked file holds a key, a token or a password that somebody could use."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHAPES = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/]"),
    "cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "host token": re.compile(r"\b(?:gh[opsur]_[A-Za-z0-9]{36}|glpat-[\w-]{20}|xox[bap]-[\w-]{20})"),
    "web token": re.compile(r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}"),
    "our token": re.compile(r"\bsiaga_[A-Za-z0-9_-]{43}\b"),
    "stored password": re.compile(
        r"\$argon2id?\$v=\d+\$m=\d+,t=\d+,p=\d+\$[\w+/]{16,}\$[\w+/]{20,}"
    ),
    "key in base64": re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{43}=(?![\w+/=-])"),
    "password in an address": re.compile(r"\w+://[\w.-]+:(?!\w*rahasia|\{)[^\s@/\"'{<]{6,}@\w"),
}
NAMES = re.compile(
    r"(?:\.(?:pem|key|p12|pfx|db|sqlite3?|skops|joblib|pkl)|(?:^|/)\.env[^/]*|accounts\.csv)$"
)
OTHERS = re.compile(r"(?:^|/)(?:\.[a-z_]+|__pycache__|instance|build|[a-z]+\.egg-info)(?:/|$)")


def tracked() -> list[Path]:
    """Return the project's own files: as git knows them, or all of an unpacked archive."""
    if not (ROOT / ".git").exists():
        return [
            path for path in ROOT.rglob("*.*") if not OTHERS.search(str(path.relative_to(ROOT)))
        ]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def found_in(text: str) -> set[str]:
    return {shape for shape, pattern in SHAPES.items() if pattern.search(text)}


def test_no_tracked_file_holds_a_secret() -> None:
    found, read = {}, 0
    for path in tracked():
        assert not NAMES.search(str(path.relative_to(ROOT))), path
        if path.is_file() and path.suffix not in (".png", ".ico", ".woff2"):
            read += 1
            shapes = found_in(path.read_text(encoding="utf-8"))
            if shapes:
                found[str(path.relative_to(ROOT))] = shapes
    assert found == {}
    assert read > 300


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "PRIVATE KEY-----\nMIIE",
        "AKIA" + "A" * 16,
        "ghp_" + "a1" * 18,
        "eyJ" + "a" * 20 + ".eyJ" + "b" * 20 + "." + "c" * 30,
        "siaga_" + "a1b2" * 10 + "abc",
        "$argon2id" + "$v=19$m=19456,t=3,p=1$" + "a" * 22 + "$" + "b" * 43,
        "key = " + "Ab1+" * 10 + "abc=",
        "postgresql://siaga:" + "Kata5andi" + "@db/siaga",
    ],
)
def test_the_search_finds_each_shape(text: str) -> None:
    assert len(found_in(text)) == 1
