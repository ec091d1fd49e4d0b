from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cadre_desk.domain import resources
from cadre_desk.domain.resources import ResourceMissingError, resource


def test_a_resource_is_found_beside_the_package_in_the_source_tree() -> None:
    assert resource("codes/sex.json").read_text(encoding="utf-8").startswith("{")


def test_a_folder_is_a_resource_too() -> None:
    assert resource("codes").is_dir()


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../pyproject.toml", "codes/../../x", "", ".", "C:/x", "a\\b"]
)
def test_a_name_that_points_outside_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a name below resources"):
        resource(name)


def test_a_missing_file_says_that_the_ledger_is_safe() -> None:
    with pytest.raises(ResourceMissingError, match=r"缺少“fonts/没有\.ttf”；台账没有受影响"):
        resource("fonts/没有.ttf")


def test_the_frozen_program_reads_its_own_copy_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copy = tmp_path / "resources" / "codes" / "sex.json"
    copy.parent.mkdir(parents=True)
    copy.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("codes/sex.json") == copy


def test_the_wheel_carries_them_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "cadre_desk"
    inside = package / "resources" / "icons"
    inside.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resource("icons") == inside
