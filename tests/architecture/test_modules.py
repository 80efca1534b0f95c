"""The interview page asks for all of its modules at once."""

import re
from pathlib import Path

import profiling

ROOT = Path(profiling.__file__).parent


def test_every_module_of_the_interview_is_preloaded():
    page = (ROOT / "templates/interviews/page.html").read_text(encoding="utf-8")
    listed = re.search(r"for name in \[(.*?)\] %}", page, re.S)[1]
    names = set(re.findall(r'"([a-z]+)"', listed))
    modules = {path.stem for path in (ROOT / "static/js/interview").glob("*.js")}
    assert names | {"main"} == modules
