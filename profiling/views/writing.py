"""How a form that was sent becomes one unit of work."""

from collections.abc import Callable
from typing import Any, TypeVar

from forms.base import BaseForm
from profiling import database
from profiling.errors import Invalid
from profiling.views.texts import said

_Done = TypeVar("_Done")


def write_form(form: BaseForm, work: Callable[[Any], _Done]) -> _Done | None:
    """Do the work in a transaction and return what it gives.

    None means that the form or the use case refused; the form carries the sentences then.
    """
    if not form.validate():
        return None
    try:
        with database.current().transaction() as writing:
            return work(writing)
    except Invalid as refusal:
        form.take_errors(said(refusal))
    return None
