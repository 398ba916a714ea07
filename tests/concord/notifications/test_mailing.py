"""Mail about what happened: asked again who may read it, threaded, and in the reader's language."""

from tests.concord.notifications.telling import (
    as_message,
    make_mails,
    waiting,
    write_on,
)
from tests.world import World


def test_a_mention_is_mailed(any_world: World) -> None:
    write_on(any_world, "anna", "huadong", "@Lin, can we promise 19 December?", mentions=["lin"])
    [mail] = make_mails(any_world, "lin")
    message = as_message(any_world, mail)
    assert "Huadong" in message["Subject"]
    assert message["To"] == "lin@beacon.example"
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    print(text)
    assert "can we promise 19 December?" in text
    html = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "can we promise 19 December?" in html
    assert make_mails(any_world, "lin") == []
    assert waiting(any_world, "lin") == []
