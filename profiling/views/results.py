"""A sealed interview at its own address."""

from flask import g, render_template

from profiling import database
from profiling.services import interview_reading


def sealed_page(interview_id: str) -> str:
    """Show that an interview is sealed, and under which receipt."""
    with database.current().reading() as session:
        interview = interview_reading.read_interview(session, g.actor, interview_id)
    return render_template("interviews/sealed.html", interview=interview)
