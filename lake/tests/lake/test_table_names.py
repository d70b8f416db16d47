"""Names of tables, workspaces and folders."""

import pytest

from workbench_lake.failures import LakeFailure
from workbench_lake.table_names import TableName, check_workspace, folder_name, parse_table_name, physical_catalog


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("lake.shop.orders", ("lake", "shop", "orders")),
        ('lake.shop."a.b"', ("lake", "shop", "a.b")),
        ('lake.shop."say ""hi"""', ("lake", "shop", 'say "hi"')),
        ("analytics.derived.日本 語", ("analytics", "derived", "日本 語")),
    ],
)
def test_a_name_is_read_and_written_back(text: str, parts: tuple[str, str, str]) -> None:
    name = parse_table_name(text)
    assert name == TableName(*parts)
    assert parse_table_name(str(name)) == name


@pytest.mark.parametrize(
    "text", ["", "orders", "shop.orders", "other.shop.orders", "lake..orders", "lake.a.b.c", 'lake."a.b".c', "lake.a."]
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(LakeFailure) as caught:
        parse_table_name(text)
    assert caught.value.code == "invalid_input"


def test_a_workspace_has_a_catalog_that_trino_can_name() -> None:
    assert physical_catalog("a1-b2", "lake") == "lake_a1_b2"


@pytest.mark.parametrize("text", ["", "..", "a/b", "a b", "-a"])
def test_a_workspace_id_cannot_leave_its_folder(text: str) -> None:
    with pytest.raises(LakeFailure):
        check_workspace(text)


def test_folders_have_plain_names() -> None:
    assert folder_name("a/../b c") == "a-b-c"
    assert folder_name("日本") == "x"
