"""`concord backup`, `verify --backup` and `restore`, as typed."""

from pathlib import Path

from tests.concord.cli.conftest import Command


def test_a_house_is_copied_looked_at_and_brought_back(migrated: Command, tmp_path: Path) -> None:
    said = migrated("backup", str(tmp_path / "backups"))
    assert said.code == 0, said.complained
    [made] = (tmp_path / "backups").iterdir()
    assert said.said.startswith(f"{made}: 1 parts")
    assert migrated("verify", "--backup", str(made)).said.startswith("✓ backup of ")
    new = {"CONCORD_DATA_DIR": str(tmp_path / "new")}
    back = migrated("restore", str(made), **new)
    assert back.code == 0, back.complained
    assert "Jobs are held" in back.said
    assert migrated("jobs", "release", **new).said == "Released: 0.\n"
    again = migrated("restore", str(made), **new)
    assert again.complained == (
        "concord: The database is not empty: a backup is restored into a new one.\n"
    )


def test_what_is_no_backup_is_one_sentence(migrated: Command, tmp_path: Path) -> None:
    for words in (("verify", "--backup"), ("restore",)):
        answer = migrated(*words, str(tmp_path))
        assert answer.code == 1
        assert "holds no complete backup" in answer.complained
        assert answer.complained.count("\n") == 1


def test_a_folder_where_a_restore_was_cut_off_is_not_served(
    migrated: Command, tmp_path: Path
) -> None:
    (tmp_path / "data" / "restoring").write_text("x")
    answer = migrated("jobs", "list")
    assert answer.code == 1
    assert "did not end" in answer.complained
