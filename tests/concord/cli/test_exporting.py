"""`concord export`: a whole list as a file, for whoever runs the house."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from concord.audit.models import AuditRow
from tests.concord.cli.conftest import Answer, Command
from tests.world import World


def export(concord: Command, world: World, *words: str) -> Answer:
    settings = world.installation.settings
    house = {
        "CONCORD_DATA_DIR": str(settings.data_dir),
        "CONCORD_DATABASE_URL": settings.database_url,
        "CONCORD_SECRET_KEY": settings.secret_key,
    }
    return concord("export", *words, **house)


def exports_in_the_audit(world: World) -> int:
    with world.reading() as session:
        found = session.scalar(select(func.count()).where(AuditRow.action == "export"))
    return found or 0


def test_a_filter_columns_and_an_order(concord: Command, any_world: World, tmp_path: Path) -> None:
    gold = tmp_path / "gold.csv"
    words = ("--filter", "tier:is:gold", "--columns", "name,tier", "--sort", "-name")
    answer = export(concord, any_world, "customers", *words, "--output", str(gold))
    assert answer.code == 0, answer.complained
    heads, *rows = list(csv.reader(io.StringIO(gold.read_text(encoding="utf-8-sig"))))
    assert heads == ["Name", "Tier"]
    assert {tier for _, tier in rows} == {"Gold"}
    assert [name for name, _ in rows] == sorted((name for name, _ in rows), reverse=True)
    assert f"{len(rows)} rows." in answer.complained
    assert exports_in_the_audit(any_world) == 1


@pytest.mark.parametrize("name", ["customers", "tasks", "articles"])
def test_every_kind_of_list_is_a_workbook(
    concord: Command, world: World, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "list.xlsx"
    answer = export(concord, world, name, "--format", "xlsx", "--output", str(path))
    assert answer.code == 0, answer.complained
    rows = list(load_workbook(str(path)).worksheets[0].iter_rows(values_only=True))
    assert len(rows) > 1
    assert f"{len(rows) - 1} rows." in answer.complained


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nonsense",), "There is no list 'nonsense'; there are"),
        (("customers", "--filter", "nonsense:is:gold"), "There is no such filter."),
        (("customers", "--format", "pdf"), "Invalid value for '--format'"),
        (("customers", "--output", "/nowhere/at/all.csv"), "/nowhere/at/all.csv"),
    ],
)
def test_a_mistake_is_one_sentence_and_no_export(
    concord: Command, world: World, words: tuple[str, ...], sentence: str
) -> None:
    answer = export(concord, world, *words)
    assert answer.code != 0
    assert sentence in answer.complained
    assert answer.complained.startswith("concord: ")
    assert answer.complained.count("\n") == 1
    assert answer.said == ""
    assert exports_in_the_audit(world) == 0
