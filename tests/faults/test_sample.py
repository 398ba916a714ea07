"""The nginx sample does what operators are told of it: the town stands behind the sample itself."""

import io
import re

import pytest
import requests

from tests.faults.town import Town

pytestmark = [pytest.mark.faults, pytest.mark.whole, pytest.mark.postgres, pytest.mark.redis]


def test_static_files_never_change(town: Town) -> None:
    page = town.session().get(f"{town.nginx.url}/login")
    [path] = re.findall(r'href="(/static/[^"]+\.css)"', page.text)[:1]
    answer = town.session().get(town.nginx.url + path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Request-ID" not in answer.headers, "nginx itself gives it out"


def test_what_a_browser_claims_of_its_way_is_overwritten(town: Town) -> None:
    """A05, A09: links and limits know the true host and address."""
    claimed = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "for=203.0.113.9;host=evil.example",
    }
    answer = town.session().get(f"{town.nginx.url}/", headers=claimed, allow_redirects=False)
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]
    other = {"Host": "evil.example"}
    assert town.session().get(f"{town.nginx.url}/login", headers=other).status_code == 400


def test_plain_requests_are_led_to_the_safe_door(town: Town) -> None:
    answer = requests.get(
        f"http://127.0.0.1:{town.nginx.plain_port}/login?a=b", allow_redirects=False, timeout=10
    )
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://127.0.0.1/login?a=b")


def test_a_large_upload_passes_and_a_larger_one_is_refused(town: Town) -> None:
    def sent(size: int) -> int:
        return (
            town.session()
            .post(
                f"{town.nginx.url}/api/v1/files",
                files={"file": ("Plan.bin", io.BytesIO(b"x" * size))},
                headers=town.headers("lin"),
                timeout=60,
            )
            .status_code
        )

    assert sent(19 * 1024 * 1024) == 201
    assert sent(27 * 1024 * 1024) == 413


def test_figures_are_not_given_out(town: Town) -> None:
    assert town.session().get(f"{town.nginx.url}/metrics").status_code == 404


def test_answers_say_that_the_safe_door_is_the_only_one(town: Town) -> None:
    answer = town.session().get(f"{town.nginx.url}/login")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "nginx/" not in answer.headers["Server"]
