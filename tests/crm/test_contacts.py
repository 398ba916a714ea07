"""The person's own page."""

from tests.contracts.conftest import counted
from tests.crm.reading import said, timeline
from tests.world import World, fingerprint


def path(world: World, rest: str = "") -> str:
    return f"/contacts/{world.records['zhou_min']}{rest}"


def test_the_page_says_who_it_is_where_and_with_whom(any_world: World) -> None:
    world = any_world
    words = said(world.client("lin").get(path(world)))
    for expected in ("Zhou Min", "Head of Operations", "Huadong Precision", "Gu Yifan", "Decides"):
        assert expected in words


def test_lin_changes_the_title_and_both_timelines_say_so(world: World) -> None:
    form = {"title": "COO", "original.title": "Head of Operations"}
    answer = world.client("lin").fragment(path(world), method="PATCH", data=form)
    assert answer.status_code == 200
    for key in ("zhou_min", "huadong"):
        assert timeline(world, "lin", key)[0] == "changed the job title of Zhou Min"


def test_a_timeline_never_says_a_persons_own_data(world: World) -> None:
    form = {"phone": "+86 138 1111 2222", "birthday": "1980-01-02"}
    world.client("lin").fragment(path(world), method="PATCH", data=form)
    newest = timeline(world, "rita", "huadong")[0]
    assert newest == "changed the phone and the birthday of Zhou Min"


def test_two_people_at_once_choose(world: World) -> None:
    start = {"original.title": "Head of Operations"}
    for person, title in (("maya", "COO"), ("lin", "CTO")):
        answer = world.client(person).fragment(
            path(world), method="PATCH", data={**start, "title": title}
        )
    assert answer.status_code == 409
    assert "Maya Kaur" in said(answer)
    assert 'name="title"' in answer.get_data(as_text=True)


def test_the_whole_form_comes_back_with_what_is_wrong(world: World) -> None:
    lin, before = world.client("lin"), fingerprint(world)
    assert "Zhou Min" in lin.get(path(world, "/edit")).get_data(as_text=True)
    answer = lin.post(path(world, "/edit"), data={"email": "nonsense", "role": "king"})
    assert answer.status_code == 422
    assert 'value="nonsense"' in answer.get_data(as_text=True)
    assert fingerprint(world) == before
    assert lin.post(path(world, "/edit"), data={"name": "Zhou Min", "role": ""}).status_code == 303


def test_archiving_can_be_undone(world: World) -> None:
    lin, before = world.client("lin"), fingerprint(world)
    assert lin.post(path(world, "/archive")).location == f"/customers/{world.records['huadong']}"
    assert lin.get(path(world)).status_code == 410
    assert world.client("rita").get(path(world)).status_code == 404
    part = lin.fragment(f"/customers/{world.records['huadong']}/panels/page")
    assert "Zhou Min" not in said(part)
    assert lin.post(path(world, "/restore")).status_code == 303
    assert fingerprint(world) == before


def test_the_page_costs_the_same_however_many_colleagues_there_are(world: World) -> None:
    lin = world.client("lin")
    lin.get(path(world))
    with counted(world) as few:
        lin.get(path(world))
    for number in range(10):
        form = {"name": f"Colleague {number}"}
        lin.post(f"/customers/{world.records['huadong']}/contacts", data=form)
    lin.get(path(world))
    with counted(world) as many:
        lin.get(path(world))
    assert len(many) == len(few) <= 12, "\n".join(many)


def test_the_whole_page_of_a_company_costs_no_more_with_more_people(world: World) -> None:
    lin, page = world.client("lin"), f"/customers/{world.records['huadong']}"
    lin.get(page)
    with counted(world) as few:
        lin.get(page)
    for number in range(50):
        lin.post(f"{page}/contacts", data={"name": f"Colleague {number}"})
    lin.get(page)
    with counted(world) as many:
        lin.get(page)
    # Entries that name other records cost one statement more, however many they are.
    assert len(many) <= min(len(few) + 1, 12), "\n".join(many)


def test_one_part_of_the_page_can_be_loaded_alone(world: World) -> None:
    lin = world.client("lin")
    for name, expected in (("page", "Key person"), ("page", "Decides"), ("tasks-panel", "Open")):
        part = lin.fragment(path(world, f"/panels/{name}"))
        assert part.status_code == 200, name
        assert expected in said(part)
    assert lin.fragment(path(world, "/panels/nothing")).status_code == 404
