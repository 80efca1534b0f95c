"""What a serving process has loaded after the counter's pages."""

import os
import subprocess
import sys

from tests.support.databases import PASSWORD

SLOW = ("sklearn", "shap", "pandas", "altair", "pyarrow", "numpy", "holidays", "alembic")
VISIT = """
import re, sys
import wsgi
client = wsgi.app.test_client()
page = client.get("/login").get_data(as_text=True)
token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
form = {"csrf_token": token, "username": "officer", "password": sys.argv[1]}
form |= {"name": "officer"}
assert client.post("/login", data=form).status_code in (302, 303)
for path in ("/", "/queue", "/interviews/new", "/me", "/guide", "/healthz", "/readyz"):
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
        [sys.executable, "-c", VISIT, PASSWORD],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    loaded = set(done.stdout.split()[-1].split(","))
    assert loaded & set(SLOW) == set()
    assert "profiling" in loaded
