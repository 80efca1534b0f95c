"""What a serving process has loaded after the counter's pages."""

import json
import os
import subprocess
import sys

from tests.support.databases import PASSWORD
from tests.support.sheets import clean_sheet

SLOW = ("sklearn", "shap", "pandas", "altair", "pyarrow", "numpy", "holidays", "alembic")
NOT_AT_THE_START = ("markdown_it", "rich", "pygments", "gunicorn")
VISIT = """
import json, re, sys
import wsgi
client = wsgi.app.test_client()
def token():
    page = client.get("/interviews/new", follow_redirects=True).get_data(as_text=True)
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
def send(path, **fields):
    answer = client.post(path, data={"csrf_token": token(), **fields})
    assert answer.status_code == 303, (path, answer.status_code)
    return answer.headers["Location"]
send("/login", username="officer", password=sys.argv[1])
sheet = json.loads(sys.argv[2])
person = {"name": "Siti Uji", "nik": sheet["applicant.nik"], "birth_date": "01-03-1992", "sex": "P"}
interview = send("/interviews/new", **person)
assert "Wawancara" in client.get(interview).get_data(as_text=True)
send(interview, revision="0", **sheet)
result = client.get(interview).get_data(as_text=True)
assert "Sudah disegel" in result
key = re.search(r'name="key" value="([^"]+)"', result)[1]
send(f"{interview}/decision", version="1", disposition="LANJUT", key=key)
for page in ("/notice", "/correction", "/further", "/papers", "/void"):
    assert client.get(interview + page).status_code in (200, 302, 409), page
for path in ("/", "/queue", "/interviews", "/interviews/new", "/privacy-notice", "/me", "/guide", "/healthz", "/readyz"):
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, (path, answer.status_code)
"""
START = """
import gc, sys
import wsgi
assert gc.isenabled()
assert gc.get_freeze_count() > 100_000
rooms = ("profiling.views.queue", "profiling.api.interviews", "profiling.services.interviews")
later = ("profiling.services.reporting", "profiling.services.cases", "checklist.compilation")
assert not {*rooms, *later} & set(sys.modules)
assert wsgi.app.test_client().get("/readyz").status_code == 200
assert "profiling.views.pages" in sys.modules
assert not {*rooms, *later} & set(sys.modules)
"""
LIST = """
print(",".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_no_slow_library_is_loaded_after_the_counters_pages(sqlite_database):
    loaded = loaded_after(VISIT, sqlite_database)
    assert loaded & set(SLOW) == set()
    assert "profiling" in loaded


def test_a_process_that_has_just_started_has_loaded_what_every_page_needs(sqlite_database):
    loaded = loaded_after(START, sqlite_database)
    assert loaded & {*SLOW, *NOT_AT_THE_START} == set()
    assert "profiling" in loaded


def loaded_after(code, database):
    environ = {**os.environ, "SIAGA_HOME": str(database.settings.home), "SIAGA_ENV": "demo"}
    done = subprocess.run(
        [sys.executable, "-c", code + LIST, PASSWORD, json.dumps(clean_sheet())],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return set(done.stdout.split()[-1].split(","))
