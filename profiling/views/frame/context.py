"""What the base template knows: person, place, language, links, banner."""

from collections.abc import Mapping

from flask import Flask, current_app, g, request, session

from profiling import database
from profiling.errors import Invalid
from profiling.security.access import Actor, Role
from profiling.services import offices, site
from profiling.services.accounts import PREFERENCES
from profiling.views.catalogues import LANGUAGES
from profiling.views.frame.language import language
from profiling.views.frame.navigation import Link, links_for
from profiling.views.guides import has_guide
from profiling.views.texts import gettext, pgettext


class Frame:
    """The frame of the page that is being rendered."""

    def __init__(self) -> None:
        self.actor: Actor | None = g.get("actor")
        self.language = language()
        self.languages = tuple(LANGUAGES.items())

    @property
    def place(self) -> str:
        """The person's place of service, or the one this browser last worked for."""
        if self.actor is None or g.get("is_failing"):
            return str(session.get("place", ""))
        return place_of(self.actor)

    @property
    def role_word(self) -> str:
        """What the person's role is called."""
        return role_words()[self.actor.role] if self.actor else ""

    @property
    def links(self) -> list[Link]:
        """The links of the header."""
        if self.actor is None or self.actor.must_change_password:
            return []
        return links_for(self.actor)

    @property
    def here(self) -> str:
        """The address to come back to: this page, where it can be asked for again."""
        return request.full_path.rstrip("?") if request.method == "GET" else request.path

    @property
    def banner(self) -> str:
        """The sentence above every page of a demonstration."""
        if current_app.config["SETTINGS"].is_demo:
            return gettext("Demonstration. All people and figures here are invented.")
        if not g.get("is_failing") and _is_simulated():
            return gettext("Simulation. All people and figures here are invented.")
        return ""

    @property
    def has_guide(self) -> bool:
        """Whether there is a guide for the person's role."""
        return self.actor is not None and has_guide(self.actor.role)

    def preference(self, name: str) -> str:
        """Return one of the person's settings as an attribute's value."""
        chosen = self.actor.preferences if self.actor else {}
        value = chosen.get(name, PREFERENCES[name][0])
        if isinstance(value, bool):
            return "on" if value else "off"
        return str(value)


def _is_simulated() -> bool:
    with database.current().reading() as reading:
        return site.is_simulated(reading)


def set_up_context(app: Flask) -> None:
    """Give every template its `frame`."""

    @app.context_processor
    def give_frame() -> dict[str, object]:
        return {"frame": Frame()}


def place_of(actor: Actor) -> str:
    """Return the words for where a person works."""
    if actor.office is None:
        return actor.region or gettext("All offices")
    try:
        with database.current().reading() as reading:
            office = offices.get_office(reading, actor.office)
            if office.parent is None:
                return office.name
            return f"{offices.get_office(reading, office.parent).name}, {office.name}"
    except Invalid:
        return actor.office


def role_words() -> Mapping[Role, str]:
    """Return what each role is called."""
    return {
        Role.OFFICER: pgettext("role", "Interviewing officer"),
        Role.ANALYST: pgettext("role", "Intelligence officer"),
        Role.SUPERVISOR: pgettext("role", "Head of office"),
        Role.STEWARD: pgettext("role", "Rules steward"),
        Role.ADMIN: pgettext("role", "System administrator"),
        Role.AUDITOR: pgettext("role", "Auditor"),
        Role.DPO: pgettext("role", "Data protection officer"),
    }
