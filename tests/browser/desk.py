"""An officer at the counter: opens an interview and works it with the keyboard."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from profiling.services import accounts, signin
from tests.browser.live import Keys, LiveSite
from tests.browser.visitor import Visitor

Enter = Callable[..., Visitor]


@dataclass
class Desk:
    """One open interview, its page and its keys."""

    visitor: Visitor
    keys: Keys

    @property
    def page(self) -> Page:
        return self.visitor.page

    @property
    def focus(self) -> str:
        """The name of the control that has the focus."""
        return str(self.page.evaluate("document.activeElement.name || document.activeElement.id"))

    def wait(self) -> None:
        """Wait until the scripts have taken over."""
        self.page.wait_for_selector("form[data-ready]")

    def settled(self, name: str) -> None:
        """Wait until the focus stands on this control."""
        self.page.wait_for_function(
            "name => (document.activeElement.name || document.activeElement.id) === name", arg=name
        )

    def journey(self, country: str = "ar", day: str = "2012", stay: str = "12") -> None:
        """Fill in part A, the purpose being prefilled."""
        self.keys.press("Enter")
        self.keys.type(country)
        self.keys.press("Enter")
        self.keys.type(day)
        self.keys.press("Enter")
        self.keys.type(stay)
        self.keys.press("Enter")

    def stored(self, code: str) -> str | None:
        """The stored answer of a question."""
        chosen = self.page.locator(f"[name='answers.{code}']:checked")
        return chosen.get_attribute("value") if chosen.count() else None

    def row(self, code: str) -> Any:
        return self.page.locator(f"#q-{code}")

    def ask(self, code: str) -> None:
        """Put the focus on a question, once earlier keys have done their work."""
        self.page.wait_for_selector("form[data-ready]:not([data-busy])")
        self.page.locator(f"[id='answers.{code}']").focus()

    def saved(self) -> None:
        """Wait until the server holds everything."""
        self.page.wait_for_function(
            "() => document.querySelector('[data-save-word]').textContent.startsWith('Tersimpan 1')"
        )


def begin(live: LiveSite, enter: Enter, purpose: str = "UMR", **options: Any) -> Desk:
    """Open the interview of a new appointment from the queue, with one key."""
    number = live.book(purpose=purpose)
    visitor = enter(options.pop("username", "officer"), **options)
    visitor.open("/queue")
    link = visitor.page.locator(f"a[href$='application={number}']")
    link.focus()
    desk = Desk(visitor, Keys(visitor.page))
    desk.keys.press("Enter")
    desk.wait()
    return desk


def prefer(live: LiveSite, username: str, **preferences: bool) -> None:
    """Set somebody's preferences, as /me does."""
    with live.database.transaction() as session:
        actor = signin.actor_named(session, username)
        accounts.set_preferences(session, actor, locale="id", preferences=preferences)
