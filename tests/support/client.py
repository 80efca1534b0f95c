"""A browser without scripts: keeps cookies, sends the page's token, looks at every page it gets."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.databases import PASSWORD
from tests.support.pages import Page, read_page


class SiteClient(FlaskClient):
    """Signs in by name and checks each page for what no page may have."""

    token = ""

    def sign_in(self, username: str = "officer") -> None:
        """Sign in with name and password, as people do."""
        page = self.get_page("/login")
        answer = self.post(
            "/login", data={"username": username, "password": PASSWORD, "csrf_token": page.token}
        )
        assert answer.status_code == 303, answer.status
        self.get_page("/me")

    def get_page(self, path: str, *, status: int = 200, **kwargs: Any) -> Page:
        """Ask for a page; redirects are followed."""
        return self._look(self.get(path, follow_redirects=True, **kwargs), status)

    def post_page(self, path: str, fields: dict[str, Any], *, status: int = 200) -> Page:
        """Send a form with the token of the page that was seen last; redirects are followed."""
        answer = self.post(path, data={"csrf_token": self.token, **fields}, follow_redirects=True)
        return self._look(answer, status)

    def post_json(self, path: str, body: object) -> TestResponse:
        """Send JSON as our scripts do."""
        return self.post(
            path, json=body, headers={"X-CSRFToken": self.token, "Accept": "application/json"}
        )

    def _look(self, answer: TestResponse, status: int) -> Page:
        page = read_page(answer.status_code, answer.get_data(as_text=True))
        assert answer.status_code == status, f"{answer.status}: {page.text[:400]}"
        assert page.faults == []
        self.token = page.token
        return page
