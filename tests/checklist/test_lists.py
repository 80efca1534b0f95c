"""The dated lists of the instrument and the regions: complete, ordered, without what has ended."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import checklist
from checklist import regions

FOLDER = Path(checklist.__file__).parent / "instruments" / "tppo-2026.1"

OBLIGATORY = {
    "UMR": [{"SURAT-PPIU"}],
    "HAJ": [{"BERKAS-KEMENAG", "SURAT-PIHK"}],
    "KEL": [{"SURAT-JAMINAN"}, {"PASPOR-KELUARGA"}],
    "KRJ": [{"REKOM-DISNAKER"}, {"PERIKSA-KESEHATAN"}],
    "PLT": [{"BUKU-PELAUT"}, {"BST"}, {"KONTRAK-AWAK", "REKOM-AWAK"}],
    "MAG": [{"REKOM-KEMNAKER"}],
    "PSG": [{"AKTA-NIKAH", "PASPOR-PASANGAN"}],
}


def read(name: str) -> dict[str, Any]:
    """Read one file of the instrument."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


PAPERS: list[dict[str, Any]] = read("papers.toml")["paper"]


def obligatory_by_purpose() -> dict[str, list[set[str]]]:
    """Return the obligatory papers of each purpose, papers of one group together."""
    found: dict[str, dict[str, set[str]]] = {}
    for paper in PAPERS:
        if paper["obligatory"]:
            groups = found.setdefault(paper["purpose"], {})
            groups.setdefault(paper["group"] or paper["code"], set()).add(paper["code"])
    return {purpose: list(groups.values()) for purpose, groups in found.items()}


def test_obligatory_papers_are_those_of_the_catalogue() -> None:
    assert obligatory_by_purpose() == OBLIGATORY


def test_every_paper_has_its_texts_in_both_languages() -> None:
    for paper in PAPERS:
        for key in ("label", "how_to_check", "basis"):
            assert paper[key]["id"], paper["code"]
            assert paper[key]["en"], paper["code"]


def test_validity_begins_before_it_ends() -> None:
    lists = read("lists.toml")
    for entry in [*PAPERS, *lists["closed_placement"], *lists["licensed_bureau"]]:
        assert isinstance(entry["valid_from"], date)
        assert entry["valid_from"] <= entry.get("valid_to", date.max)


def test_one_paper_of_a_purpose_is_listed_once_at_a_time() -> None:
    keys = [(paper["purpose"], paper["code"], paper["valid_from"]) for paper in PAPERS]
    assert len(set(keys)) == len(keys)


def test_what_is_no_longer_in_force_is_not_asked_for() -> None:
    umrah = [paper for paper in PAPERS if paper["purpose"] == "UMR"]
    assert not [paper for paper in umrah if "KEMENAG" in paper["code"]]
    asked = " ".join(f"{paper['label']} {paper['how_to_check']}" for paper in PAPERS)
    assert not re.search(r"saldo|rekening|Rp ?\d|25 juta|balance", asked)


def test_closed_placements_are_known_countries() -> None:
    names = {entry["code"] for entry in read("countries.toml")["country"]}
    closed = {entry["country"] for entry in read("lists.toml")["closed_placement"]}
    assert closed == {"KHM", "MMR", "LAO", "THA"}
    assert closed < names


def test_countries_are_all_of_the_standard_with_two_names() -> None:
    countries = read("countries.toml")["country"]
    codes = [entry["code"] for entry in countries]
    assert codes == sorted(set(codes))
    assert len(codes) == 249
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert all(entry["name"]["id"] and entry["name"]["en"] for entry in countries)
    assert len({entry["name"]["id"] for entry in countries}) == 249


def test_bureaus_of_the_demonstration_are_recognisably_invented() -> None:
    for bureau in read("lists.toml")["licensed_bureau"]:
        assert bureau["name"].startswith("Contoh ")
        assert bureau["licence"].startswith("SIM-")
        assert bureau["phone"].startswith("+62999")


def test_purposes_are_the_thirteen_of_the_catalogue() -> None:
    purposes = read("purposes.toml")["purpose"]
    assert [entry["code"] for entry in purposes] == [
        *("UMR", "HAJ", "WIS", "KEL", "KRJ", "PLT", "MAG", "STU", "BRB", "BIS", "PSG"),
        *("BLM", "LLN"),
    ]
    assert all(len(entry["short"]["id"]) <= 14 for entry in purposes)


def test_madura_has_its_districts_and_villages() -> None:
    names = {place.code: place.name for place in regions.regencies()}
    counted = {
        name: sum(place.parent == code for place in regions.districts())
        for code, name in names.items()
    }
    assert counted == {
        "Kabupaten Bangkalan": 18,
        "Kabupaten Sampang": 14,
        "Kabupaten Pamekasan": 13,
        "Kabupaten Sumenep": 27,
    }
    assert len(regions.villages()) == 990


def test_every_place_lies_in_the_one_above_it() -> None:
    districts = {place.code for place in regions.districts()}
    assert all(place.parent in districts for place in regions.villages())
    assert all(place.code.startswith(f"{place.parent}.") for place in regions.villages())


def test_names_are_spelled_with_apostrophes() -> None:
    raas = regions.find_region("35.29.22")
    assert raas is not None
    assert raas.name == "Ra'as"
    places = [*regions.districts(), *regions.villages()]
    assert not [place for place in places if '"' in place.name]
    assert regions.find_region("35.30.01") is None
