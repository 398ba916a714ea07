"""The sheet of all keys: what the keyboard does on which page."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.web.pages import render
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("keyboard", __name__)


@routes.get("/keys", permission=SIGNED_IN, faces=EVERYBODY)
def keys() -> Response:
    return render("layouts/keys.html", groups=groups())


def groups() -> list[tuple[str, list[tuple[tuple[str, ...], str]]]]:
    """What is where: a heading, and its keys with what they do."""
    return [
        (
            _("Everywhere"),
            [
                (("/",), _("Find")),
                (("?",), _("Show these keys")),
                (("Esc",), _("Close what is open")),
                (("Ctrl", "↵"), _("Send what is written")),
            ],
        ),
        (
            _("In a list"),
            [
                (("↑", "↓"), _("Go from row to row; J and K do the same")),
                (("←", "→"), _("Go to the cells that can be edited")),
                (("↵",), _("Open the record, or edit the cell")),
                (("E",), _("Edit the row's first cell")),
                (("Tab",), _("Save the cell and edit the next")),
                (("X",), _("Select the row; with Shift up to here")),
                (("Space",), _("Look at the record beside the list")),
            ],
        ),
        (
            _("On a record that was opened from a list"),
            [(("J",), _("The next record")), (("K",), _("The one before"))],
        ),
        (
            _("In a list of tasks"),
            [(("J", "K"), _("Go from task to task")), (("E",), _("Done, or open again"))],
        ),
    ]
