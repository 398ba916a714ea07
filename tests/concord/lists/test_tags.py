"""Tags in a list: chips in their colours, and groups in which a record may stand twice."""

import re

from tests.concord.exports.test_exports import export, table
from tests.concord.lists.test_order import ROW, read_through
from tests.world import World

HEAD = re.compile(r'id="group-\d+-[^"]*".*?<span class="truncate">([^<]*)</span>'
                  r'<span class="muted num">([^<]*)</span>', re.DOTALL)  # fmt: skip


def tag(world: World, record: str, *names: str) -> None:
    answer = world.client("na").post(
        f"/records/{world.records[record]}/tags", data={"tag": ",".join(names)}
    )
    assert answer.status_code == 303, answer.text


def heads(text: str) -> list[tuple[str, str]]:
    return HEAD.findall(text)


def tagged(world: World) -> None:
    """Huadong, a key account, is visited in autumn and pays late; Kessler pays late."""
    tag(world, "huadong", "Autumn visit", "Pays late")
    tag(world, "kessler", "Pays late")


def test_a_tag_in_a_row_is_the_chip_of_the_records_page(any_world: World) -> None:
    world = any_world
    tag(world, "huadong", "Autumn visit", "Pays late")
    chip = r'<span class="badge tag (h\d+)">{}</span>'
    row = world.client("lin").get("/customers?columns=name,tags&sort=name").text
    colours = world.client("na").get("/settings/tags").text
    for name in ("Autumn visit", "Pays late"):
        shown = re.search(chip.format(name), row)
        assert shown is not None
        assert f'<span class="badge {shown[1]}">{name}</span>' in colours
    assert row.index("Autumn visit</span>") < row.index("Pays late</span>")
    assert "Autumn visit, Key account, Pays late" in str(
        table(export(world, "lin", "customers", columns="name,tags"))
    )


def test_a_customer_with_three_tags_stands_under_each(any_world: World) -> None:
    world = any_world
    tagged(world)
    text = world.client("na").get("/customers?group=tags").text
    said = heads(text)
    assert said[:1] == [("Autumn visit", "1")]
    assert ("Pays late", "2") in said
    assert said[-1][0] == "No tag"
    ids = [int(id_) for id_ in ROW.findall(text)]
    assert ids.count(world.records["huadong"]) == 3
    assert ids.count(world.records["kessler"]) == 1
    anchors = re.findall(r'<tr role="row" id="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))


def test_pages_of_tags_go_on_where_they_ended(any_world: World) -> None:
    world = any_world
    tagged(world)
    whole = [int(id_) for id_ in ROW.findall(world.client("na").get("/customers?group=tags").text)]
    assert read_through(world, "group=tags", page=2) == whole


def test_a_folded_tag_hides_its_rows_and_no_others(any_world: World) -> None:
    world = any_world
    tagged(world)
    na, huadong = world.client("na"), world.records["huadong"]
    text = na.get("/customers?group=tags").text
    late = re.search(r'id="group-\d+-(\d+)"[^>]*>(?:(?!</tr>).)*Pays late', text, re.DOTALL)
    assert late is not None
    folded = na.get(f"/customers?group=tags&closed={late[1]},-").text
    ids = [int(id_) for id_ in ROW.findall(folded)]
    assert ids.count(huadong) == 2
    assert world.records["kessler"] not in ids
    assert ("Pays late", "2") in heads(folded)


def test_a_row_changed_under_a_tag_comes_back_under_it(world: World) -> None:
    tagged(world)
    na, huadong = world.client("na"), world.records["huadong"]
    for part in re.findall(rf'id="row-{huadong}-(\d+)"', na.get("/customers?group=tags").text):
        sent = {"field": "city", "value": f"Town {part}"}
        url = f"/lists/customers/{huadong}?group=tags&part={part}"
        answer = na.fragment(url, method="PATCH", data=sent)
        assert answer.status_code == 200, answer.text
        assert f'id="row-{huadong}-{part}"' in answer.text


def test_a_file_has_each_record_once(any_world: World) -> None:
    world = any_world
    tagged(world)
    _heads, *rows = table(export(world, "na", "customers", columns="name", group="tags"))
    assert len(rows) == len({row[0] for row in rows})
