"""Exports: what one sees as a file, with its rights, its types, and no formula in it."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from concord.audit.models import AuditRow
from concord.clock import now
from concord.exports import asking
from concord.exports.making import make, sweep
from concord.exports.models import Export
from concord.exports.storage import path_of
from concord.identity.models import Role, User
from concord.installation import using
from concord.records.models import Record
from modules.crm.companies.models import Company
from tests.concord.bulk.many import many_companies
from tests.world import World, fingerprint

EVIL = ('=HYPERLINK("http://evil")', "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1")


def export(world: World, person: str, key: str, format: str = "csv", **query: str) -> Any:
    address = f"/lists/{key}/bulk/export"
    sent = {"all": "1", "format": format}
    return world.client(person).post(address, query_string=query, data=sent)


def table(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def sheet(answer: Any) -> Any:
    assert answer.status_code == 200, answer.text
    return load_workbook(io.BytesIO(answer.data)).worksheets[0]


def test_a_list_comes_with_its_filter_columns_and_order(any_world: World) -> None:
    query = {"filter": "tier:is:gold", "columns": "name,owner,tier", "sort": "-name"}
    heads, *rows = table(export(any_world, "lin", "customers", **query))
    assert heads == ["Name", "Owner", "Tier"]
    assert {row[2] for row in rows} == {"Gold"}
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    assert any(row[1] == "Lin Hao" or row[1] for row in rows)


def test_heads_and_choices_are_in_the_readers_language(world: World) -> None:
    with world.writing() as session:
        session.get_one(User, world.people["lin"]).language = "zh"
        session.commit()
    heads, *rows = table(export(world, "lin", "customers", columns="name,tier"))
    assert heads == ["名称", "等级"]
    assert {row[1] for row in rows} <= {"金牌", "银牌", "铜牌", "无等级", "未分级", "无"}


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_becomes_a_formula(world: World, evil: str) -> None:
    """F01, in both formats: also what was written before there was a check."""
    with world.writing() as session:
        company = session.get_one(Company, world.records["huadong"])
        company.city = evil
        session.commit()
    rows = table(export(world, "na", "customers", columns="city"))
    assert [f"'{evil}"] in rows
    cells = [row[0] for row in sheet(export(world, "na", "customers", "xlsx", columns="city"))]
    found = [cell for cell in cells if cell.value and evil.strip() in str(cell.value)]
    assert found
    assert all(cell.data_type == "s" for cell in cells if cell.value is not None)


def test_numbers_amounts_and_days_keep_their_types(world: World) -> None:
    with world.writing() as session:
        company = session.get_one(Company, world.records["huadong"])
        company.customer_since, company.employees = date(2019, 5, 1), 140
        company.credit_limit_minor, company.credit_limit_currency = 1_280_050, "CNY"
        session.commit()
    columns = "name,employees,customer_since,credit_limit,created_at"
    rows = list(sheet(export(world, "na", "customers", "xlsx", columns=columns)).values)
    assert rows[0][3:5] == ("Credit limit", "Credit limit, currency")
    huadong = next(row for row in rows if row[0] == "Huadong Precision")
    assert huadong[1] == 140
    assert huadong[2].date() == date(2019, 5, 1)
    assert (huadong[3], huadong[4]) == (12800.5, "CNY")
    assert huadong[5].year >= 2020


def test_fields_of_a_group_are_not_there_for_who_lacks_it(world: World) -> None:
    """B12: neither as a column, nor to sort, nor to filter by."""
    for query in ({"columns": "credit_limit"}, {"sort": "credit_limit"}):
        assert export(world, "lin", "customers", **query).status_code == 422
        assert export(world, "na", "customers", **query).status_code == 200
    everything = table(export(world, "lin", "customers", filter="credit_limit:over:1"))
    assert everything == table(export(world, "lin", "customers"))


def test_only_what_was_chosen_and_is_seen_is_exported(world: World) -> None:
    ids = f"{world.records['huadong']},{world.records['zhou_min']},999999"
    sent = {"ids": ids, "format": "csv"}
    answer = world.client("lin").post("/lists/customers/bulk/export", data=sent)
    assert [row[0] for row in table(answer)[1:]] == ["Huadong Precision"]


def test_whoever_may_not_export_does_not(world: World) -> None:
    before = fingerprint(world)
    assert export(world, "rita", "customers").status_code == 403
    for person in ("zhou", "huang"):
        assert export(world, person, "customers").status_code == 404
    assert world.client().post("/lists/customers/bulk/export").status_code in (302, 303, 401, 403)
    assert fingerprint(world) == before


def test_an_export_is_in_the_audit(world: World) -> None:
    export(world, "lin", "customers", filter="tier:is:gold", columns="name")
    with world.reading() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "export")).one()
        assert row.actor_id == world.people["lin"]
        assert row.changes["list"] == "customers"
        assert row.changes["columns"] == ["name"]


def test_nonsense_is_refused(world: World) -> None:
    """C01, C02."""
    for query in ({"columns": "name); DROP"}, {"sort": "1"}, {"filter": "tier:is:gold;("}):
        assert export(world, "na", "customers", **query).status_code == 422
    assert export(world, "na", "customers", "pdf").status_code == 422
    assert export(world, "na", "nothing").status_code == 404


def made_later(world: World, person: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("concord.exports.routes.AT_ONCE", 1)
    answer = export(world, person, "customers", columns="name,tier")
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("/")[2])


def test_a_large_one_is_made_by_a_job_and_fetched(
    any_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = any_world
    many_companies(world, 1200)
    export_id = made_later(world, "lin", monkeypatch)
    lin = world.client("lin")
    assert "being made" in lin.get(f"/exports/{export_id}").text
    assert lin.get(f"/exports/{export_id}/file").status_code == 404
    with using(world.installation):
        make(world.installation.database, export_id)
    heads, *rows = table(lin.get(f"/exports/{export_id}/file"))
    assert heads == ["Name", "Tier"]
    assert len(rows) > 1200
    for person in ("maya", "na"):
        assert world.client(person).get(f"/exports/{export_id}/file").status_code == 404
        assert world.client(person).get(f"/exports/{export_id}").status_code == 404


def test_whoever_lost_the_right_meanwhile_gets_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B19: neither the file that is there, nor one that is still to be made."""
    done, waiting = (made_later(world, "lin", monkeypatch) for _ in range(2))
    with using(world.installation):
        make(world.installation.database, done)
    with world.writing() as session:
        role = session.scalars(select(Role).where(Role.key == "sales")).one()
        role.grants = {k: v for k, v in role.grants.items() if k != "lists:list:export"}
        session.commit()
    with using(world.installation):
        make(world.installation.database, waiting)
    assert world.client("lin").get(f"/exports/{done}/file").status_code == 403
    with world.reading() as session:
        assert session.get_one(Export, waiting).failed


def test_a_file_is_kept_for_a_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    export_id = made_later(world, "lin", monkeypatch)
    with using(world.installation):
        make(world.installation.database, export_id)
    with world.writing() as session:
        found = session.get_one(Export, export_id)
        found.expires_at = now() - timedelta(seconds=1)
        path = path_of(found.key or "")
        session.commit()
    assert path.exists()
    assert world.client("lin").get(f"/exports/{export_id}/file").status_code == 410
    with world.writing() as session:
        sweep(session, now())
        session.commit()
        assert session.get(Export, export_id) is None
    assert not path.exists()


def test_there_is_an_end_to_what_one_file_holds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST", 2)
    assert export(world, "na", "customers").status_code == 422


def test_what_is_archived_is_not_exported(world: World) -> None:
    with world.writing() as session:
        record = session.get_one(Record, world.records["huadong"])
        record.archived_at = now()
        session.commit()
    rows = table(export(world, "na", "customers", columns="name"))
    assert ["Huadong Precision"] not in rows
