"""What a serving process has loaded after the counter's pages."""

import json
import os
import subprocess
import sys

from tests.support.databases import PASSWORD
from tests.support.sheets import clean_sheet

SLOW = ("sklearn", "shap", "pandas", "altair", "pyarrow", "numpy", "holidays", "alembic")
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
print(",".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_no_slow_library_is_loaded_after_the_counters_pages(sqlite_database):
    environ = {
        **os.environ,
        "SIAGA_HOME": str(sqlite_database.settings.home),
        "SIAGA_ENV": "demo",
    }
    done = subprocess.run(
        [sys.executable, "-c", VISIT, PASSWORD, json.dumps(clean_sheet())],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    loaded = set(done.stdout.split()[-1].split(","))
    assert loaded & set(SLOW) == set()
    assert "profiling" in loaded
