"""Letters speak the language of whoever gets them."""

from concord.identity import letters
from concord.identity.factors import actions as factors
from concord.identity.models import User
from tests.concord.identity.house import House, path_in

VALUES = {
    "name": "<b>Vera</b> & Co",
    "inviter": "Lin",
    "company": "<i>N&W</i>",
    "path": "/x/token",
    "what": factors.RESET,
}


def test_every_letter_can_be_written_in_both_languages(house: House) -> None:
    with house.world.act("lin") as (session, _actor):
        for letter in letters.SUBJECTS:
            for language in ("en", "zh"):
                letters.send(
                    session,
                    letter,
                    to="vera@portal.example",
                    language=language,
                    new_email="new@portal.example",
                    **VALUES,
                )
    for mail in house.letters():
        assert "Beacon Instruments" in mail.subject
        assert path_in(mail.text) == "/x/token"
        assert "<b>Vera</b>" in mail.text
        assert "<b>Vera</b>" not in (mail.html or "")
        assert "&lt;b&gt;Vera&lt;/b&gt;" in (mail.html or "")


def test_a_chinese_reader_gets_chinese_whoever_asks(house: House) -> None:
    with house.world.writing() as session:
        session.get_one(User, house.world.people["vera"]).language = "zh"
        session.commit()
    english = house.world.client()
    english.post("/password/forgot", data={"email": house.email("vera")})
    english.post("/password/forgot", data={"email": house.email("lin")})
    for_vera, for_lin = house.letters()
    assert 'lang="zh-Hans"' in (for_vera.html or "")
    assert 'lang="en"' in (for_lin.html or "")
    assert for_vera.subject != for_lin.subject
    assert "密码" in for_vera.text
