"""Webhooks on the screen, as an administrator uses them."""

import re

from concord.identity.models import User
from tests.concord.webhooks.conftest import MakeHook, deliver, deliveries, hook, note
from tests.servers.receiver import Receiver
from tests.world import World, fingerprint

HOME = "/settings/webhooks"


def test_na_makes_one_and_sees_its_secret_once(world: World, receiver: Receiver) -> None:
    na = world.client("na")
    assert "Production planning" in na.get(HOME).text
    form = na.get(f"{HOME}/new").text
    assert "Completed the task …" in form
    sent = {"url": "https://erp.example.com/hook", "events": ["company.*", "task.completed"]}
    made = na.post(HOME, data=sent)
    assert made.status_code == 200
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", made.text)
    assert secret is not None
    page = re.search(r'action="(/settings/webhooks/\d+)"', made.text)
    assert page is not None
    shown = na.get(page[1]).text
    assert secret[0] not in shown
    assert "https://erp.example.com/hook" in shown
    assert "Company: everything" in shown
    assert "Nothing was delivered yet" in shown


def test_a_mistake_keeps_what_was_typed(world: World) -> None:
    before = fingerprint(world)
    sent = {"url": "ftp://erp.example.com", "title": "Our ERP", "events": ["company.*"]}
    answer = world.client("na").post(HOME, data=sent)
    assert answer.status_code == 422
    assert "Write an address like https://example.com/hook." in answer.text
    assert 'value="Our ERP"' in answer.text
    assert re.search(r'value="company\.\*" checked', answer.text)
    assert fingerprint(world) == before


def test_no_event_is_a_mistake_too(world: World) -> None:
    answer = world.client("na").post(HOME, data={"url": "https://erp.example.com/hook"})
    assert answer.status_code == 422
    assert "Choose at least one event." in answer.text


def test_the_log_says_what_became_of_each(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*", mode="500", title="ERP")
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    na = world.client("na")
    page = na.get(f"{HOME}/{hook_id}").text
    assert "Failing since" in page
    assert ">500<" in page
    assert "Trying" in page
    (delivery,) = deliveries(world, hook_id)
    whole = na.get(f"{HOME}/{hook_id}/deliveries/{delivery.id}").text
    assert "note.posted" in whole
    assert "Called them" in whole
    receiver.modes["/500"] = "ok"
    again = na.post(f"{HOME}/{hook_id}/deliveries/{delivery.id}/resend")
    assert again.status_code == 303
    deliver(world, hook_id)
    page = na.get(f"{HOME}/{hook_id}").text
    assert "Failing since" not in page
    assert "Delivered" in page


def test_stop_start_test_and_remove(world: World, receiver: Receiver, listening: MakeHook) -> None:
    hook_id = listening("na", "note.*")
    na, one = world.client("na"), f"{HOME}/{hook_id}"
    assert na.post(f"{one}/stop").status_code == 303
    assert "Stopped: it is told nothing" in na.get(one).text
    note(world, "lin", "huadong")
    assert deliveries(world, hook_id) == []
    assert na.post(f"{one}/start").status_code == 303
    assert na.post(f"{one}/ping").status_code == 303
    deliver(world, hook_id)
    assert [d.event for d in deliveries(world, hook_id)] == ["webhook.ping"]
    assert na.post(f"{one}/remove").status_code == 303
    assert na.get(one).status_code == 404
    assert hook(world, hook_id).stopped_at is not None


def test_another_owner_cannot_be_spoken_for(world: World, listening: MakeHook) -> None:
    hook_id = listening("maya", "note.*")
    before = fingerprint(world)
    sent = {"url": "https://evil.example/", "events": ["*"]}
    assert world.client("na").post(f"{HOME}/{hook_id}", data=sent).status_code == 403
    assert world.client("na").post(f"{HOME}/{hook_id}/secret").status_code == 403
    assert world.client("lin").get(f"{HOME}/{hook_id}").status_code == 403
    assert world.client("zhou").get(f"{HOME}/{hook_id}").status_code == 404
    assert fingerprint(world) == before


def test_in_chinese(world: World, listening: MakeHook) -> None:
    hook_id = listening("na", "company.created")
    with world.writing() as session:
        session.get_one(User, world.people["na"]).language = "zh"
        session.commit()
    page = world.client("na").get(f"{HOME}/{hook_id}").text
    assert "发送测试消息" in page
    assert "运行中" in page
    assert "还没有送出任何消息" in page


def test_the_address_of_any_record_leads_to_its_page(world: World) -> None:
    """What messages link to: each asker's own page, or nothing."""
    company = world.records["huadong"]
    assert world.client("lin").get(f"/records/{company}").location == f"/customers/{company}"
    assert world.client("ursula").get(f"/records/{company}").status_code == 404
    assert world.client("lin").get(f"/records/{2**63}").status_code == 404
    assert world.client().get(f"/records/{company}").status_code in (302, 303)
