"""The wheel, built without a network: in an empty environment it finds its resources and draws a page."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from tooling.steps import ROOT

#: Run inside the empty environment: the resources must be the wheel's, and a page must come out of them.
DRAW = """
import sys
from pathlib import Path
import cadre_desk
from cadre_desk.domain.codes import table
from cadre_desk.domain.resources import resource
from cadre_desk.export.pdf import write_pdf
from cadre_desk.export.sheet import SERIAL, PaperKind, Sheet, SheetColumn

home = Path(sys.prefix)
assert home in Path(cadre_desk.__file__).parents, cadre_desk.__file__
assert home in resource("fonts/NotoSerifSC_400Regular.ttf").parents
assert table("sex").items
assert (resource("手册") / "目录.md").is_file()
columns = (SERIAL, SheetColumn("name", "姓名", 30.0))
rows = ((None, "王建国"), (None, "张𬭎"))
sheet = Sheet(title="离退休干部花名册", kind=PaperKind.ROSTER, columns=columns, rows=rows)
assert write_pdf(sheet, Path(sys.argv[1])) == 1
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built by the locked backend."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_program_its_resources_and_its_manual_and_nothing_else(wheel: Path) -> None:
    packaged = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    resources = {f"cadre_desk/resources/{name}" for name in files_of("resources")}
    manual = {f"cadre_desk/resources/手册/{name}" for name in files_of("docs/手册")}
    program = {f"cadre_desk/{name}" for name in files_of("cadre_desk")}
    assert packaged == program | resources | manual
    assert resources
    assert manual


def files_of(folder: str) -> set[str]:
    """Names of all files below a folder of the source tree, but for Python's own caches."""
    return {
        path.relative_to(ROOT / folder).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_an_empty_environment_with_the_wheel_finds_its_resources_and_draws_a_page(
    wheel: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", empty], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(empty), "install", "-q", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True)
    python = empty / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(empty), "platbase": str(empty)}))
    # The libraries come from this environment; its way to the source tree does not come with them.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    page = tmp_path / "page.pdf"
    drawn = subprocess.run(
        [python, "-I", "-c", DRAW, page], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (drawn.returncode, drawn.stderr) == (0, "")
    (drawing,) = PdfReader(page).pages
    text = drawing.extract_text()
    assert all(word in text for word in ("离退休干部花名册", "王建国", "张𬭎"))
    command = empty / ("Scripts/cadre-desk.exe" if sys.platform == "win32" else "bin/cadre-desk")
    helped = subprocess.run([command, "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert helped.returncode == 0
    assert "register" in helped.stdout
