"""What everybody may read of an instrument holds no weights."""

import json

from checklist.canonical import canonical_bytes
from checklist.loading import load
from checklist.publication import published


def test_the_public_face_has_wording_routing_papers_and_lists() -> None:
    face = published(load(), "en")
    assert face["sha256"] == load().sha256
    assert len(face["indicator"]) == 54
    assert {entry["code"] for entry in face["paper"]} == load().paper_codes
    assert face["routing"]["steps"]
    assert face["title"] == load().title.en
    assert published(load())["title"] == {"id": load().title.id, "en": load().title.en}


def test_no_weight_leaves_the_rules() -> None:
    text = canonical_bytes(published(load())).decode()
    assert json.loads(text)["version"] == "tppo-2026.1"
    for word in ('"strength"', '"strong"', '"medium"', '"points"', '"limits"', '"positive_at"'):
        assert word not in text
