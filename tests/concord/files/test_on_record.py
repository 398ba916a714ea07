"""All files of a record in one place: what one reads there, filtered, sorted, in pages."""

import io

import pytest
from PIL import Image

from tests.concord.files.conftest import Share, Upload
from tests.world import World


@pytest.fixture
def told(world: World, share: Share) -> dict[str, int]:
    return {
        "internal": share("lin", "huadong", "internal", name="Floor price.pdf"),
        "customer": share("lin", "huadong", "customer", name="Certificate.pdf"),
        "theirs": share("zhou", "huadong", name="Drawing.pdf"),
    }


def names(world: World, person: str, query: str = "", key: str = "huadong") -> list[str]:
    path = f"/api/v1/records/{world.records[key]}/files?{query}"
    answer = world.api(person).get(path)
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.get_json()["items"]]


@pytest.mark.usefixtures("told")
def test_each_side_sees_what_it_reads(world: World) -> None:
    mine = {"Floor price.pdf", "Certificate.pdf", "Drawing.pdf"}
    assert mine <= set(names(world, "lin"))
    assert mine & set(names(world, "zhou")) == {"Certificate.pdf", "Drawing.pdf"}
    page = world.client("zhou").get(f"/records/{world.records['huadong']}/files").text
    assert "Floor price" not in page
    assert "Certificate.pdf" in page


@pytest.mark.parametrize("person", ["ursula", "huang", "wei"])
def test_strangers_learn_nothing(world: World, told: dict[str, int], person: str) -> None:
    record = world.records["huadong"]
    assert world.client(person).get(f"/records/{record}/files").status_code == 404
    assert world.api(person).get(f"/api/v1/records/{record}/files").status_code == 404


@pytest.mark.usefixtures("told")
def test_they_are_filtered_by_kind_and_readers(world: World, upload: Upload) -> None:
    assert "Floor price.pdf" in names(world, "lin", "audience=internal")
    assert "Floor price.pdf" not in names(world, "lin", "audience=customer")
    assert "Certificate.pdf" in names(world, "lin", "kind=document&audience=customer")
    assert "Certificate.pdf" not in names(world, "lin", "kind=picture")
    assert names(world, "zhou", "audience=internal") == []
    for query in ("kind=nonsense", "audience=everybody", "sort=colour", "page=2"):
        path = f"/api/v1/records/{world.records['huadong']}/files?{query}"
        assert world.api("lin").get(path).status_code == 422, query


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("sort", ["time", "-time", "name", "-name", "size", "-size"])
def test_pages_hold_each_file_once_in_any_order(world: World, sort: str) -> None:
    everything, cursor = [], ""
    path = f"/api/v1/records/{world.records['huadong']}/files?limit=2&sort={sort}"
    while True:
        answer = world.api("lin").get(f"{path}{cursor}").get_json()
        everything += [(item["name"], item["size"], item["id"]) for item in answer["items"]]
        if answer["next"] is None:
            break
        cursor = f"&cursor={answer['next']}"
    assert len({item[2] for item in everything}) == len(everything) >= 3
    if sort.endswith("size"):
        sizes = [item[1] for item in everything]
        assert sizes == sorted(sizes, reverse=sort.startswith("-"))


def test_chinese_names_sort_by_their_sound(world: World, share: Share) -> None:
    for name in ("重庆.pdf", "Belt.pdf", "成都.pdf"):
        share("lin", "huadong", "internal", name=name)
    found = [name for name in names(world, "lin", "sort=name") if name.endswith(".pdf")]
    mine = [name for name in found if name in ("重庆.pdf", "Belt.pdf", "成都.pdf")]
    assert mine == ["Belt.pdf", "成都.pdf", "重庆.pdf"]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), (20, 90, 200)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_shown_made_anew(world: World, upload: Upload) -> None:
    file_id = upload("zhou", "Line.html.png", picture())
    answer = world.client("zhou").get(f"/files/{file_id}/preview/480")
    assert answer.status_code == 200
    made = Image.open(io.BytesIO(answer.data))
    assert (made.format, made.size) == ("WEBP", (480, 320))
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = world.client("zhou").get(
        f"/files/{file_id}/preview/480", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    for person in ("lin", "paul", "huang"):
        assert world.client(person).get(f"/files/{file_id}/preview/480").status_code == 404
    for size in (1, 479, 50_000):
        assert world.client("zhou").get(f"/files/{file_id}/preview/{size}").status_code == 404


def test_a_file_that_lies_about_its_type_is_not_shown(
    world: World, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F05, and the painter is asked once only."""
    liars = [
        upload("zhou", "shell.pHp.png", b"<?php system('id'); ?>"),
        upload("zhou", "page.png", b"<html><script>alert(1)</script></html>"),
        upload("zhou", "vector.png", b"<svg onload=alert(1)>"),
        upload("zhou", "half.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    ]
    browser = world.client("zhou")
    for file_id in liars:
        assert browser.get(f"/files/{file_id}/preview/480").status_code == 404, file_id
    monkeypatch.setattr("concord.files.previews.reencoded", lambda *_a, **_k: 1 / 0)
    for file_id in liars:
        assert browser.get(f"/files/{file_id}/preview/480").status_code == 404, file_id
