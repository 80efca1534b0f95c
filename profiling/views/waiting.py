"""The supervisor's first page: what waits for a decision."""

from flask import Blueprint, g, render_template

from profiling import database
from profiling.security.access import Permission
from profiling.security.routes import ScopeRule, requires
from profiling.services import waiting
from profiling.services.identifiers import new_id
from profiling.views.frame.language import language
from profiling.views.result_page import paper_names

blueprint = Blueprint("waiting", __name__)


@blueprint.get("/waiting")
@requires(Permission.DECISION_CONFIRM, scope=ScopeRule.OFFICE, personal_data=True)
def show() -> str:
    """Show postponements to confirm, closed cases to decide on, and how many cases are late."""
    lang = language()
    with database.current().reading() as session:
        found = waiting.waiting_for(session, g.actor, lang=lang)
    return render_template(
        "results/waiting.html",
        waiting=found,
        keys={item.interview_id: new_id() for item in found.postponed},
        papers={item.interview_id: paper_names(item.missing) for item in found.postponed},
        lang=lang,
    )
