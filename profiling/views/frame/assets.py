"""Static files under an address that carries their digest, packed once and kept by browsers."""

import gzip
import hashlib
import mimetypes
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, abort, request, url_for
from werkzeug.security import safe_join

from profiling.security.routes import public

blueprint = Blueprint("assets", __name__)

_OWN = Path(__file__).parents[2] / "static"
_BROTLI_QUALITY = 9
_PACKED_TYPES = ("text/", "image/svg+xml", "application/json", "application/manifest+json")
_KEPT = "public, max-age=31536000, immutable"


def set_up_assets(app: Flask) -> None:
    """Serve the files and give templates `asset` and `bootstrap_asset`."""
    app.register_blueprint(blueprint)
    app.add_template_global(asset)
    app.add_template_global(bootstrap_asset)


def asset(name: str) -> str:
    """Return the address of one of our own static files."""
    return url_for("assets.static_file", build=build(), name=name)


def bootstrap_asset(name: str) -> str:
    """Return the address of a file of Bootstrap."""
    return asset(f"bootstrap/{name}")


@blueprint.get("/static/<build>/<path:name>")
@public
def static_file(build: str, name: str) -> Response:
    """Serve a static file; scripts import each other relative to the same build."""
    path = _find(name)
    if path is None:
        abort(404)
    encoding, body = _packed(path, request.accept_encodings.best_match(("br", "gzip")))
    response = Response(body, mimetype=_type_of(path))
    response.headers["Cache-Control"] = _KEPT if build == _build() else "no-store"
    response.vary.add("Accept-Encoding")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def build() -> str:
    """Return the digest of all static files."""
    return _build()


@cache
def _build() -> str:
    digest = hashlib.sha256()
    for root in (_OWN, _bootstrap() / "css"):
        for path in sorted(root.rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _bootstrap() -> Path:
    spec = find_spec("flask_bootstrap")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package bootstrap-flask is not installed")
    return Path(spec.origin).parent / "static" / "bootstrap5"


def _find(name: str) -> Path | None:
    root, inner = (_bootstrap(), name[10:]) if name.startswith("bootstrap/") else (_OWN, name)
    joined = safe_join(str(root), inner)
    path = Path(joined) if joined else None
    return path if path and path.is_file() else None


@cache
def _packed(path: Path, encoding: str | None) -> tuple[str | None, bytes]:
    body = path.read_bytes()
    if encoding is None or not _type_of(path).startswith(_PACKED_TYPES):
        return None, body
    if encoding == "br":
        return "br", brotli.compress(body, quality=_BROTLI_QUALITY)
    return "gzip", gzip.compress(body, compresslevel=9, mtime=0)


def _type_of(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
