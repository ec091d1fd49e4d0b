"""Set-up: the locks, start.py, the rules that the checks follow."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tooling import environment, steps, system, verbs
from tooling.steps import ROOT

RUN = environment.LOCKS["run"]
DEV = environment.LOCKS["dev"]
PACKAGE = environment.LOCKS["package"]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^([a-z0-9.-]+)==([^ ;]+)(?: ; (.+?))? \\$")
HASH = re.compile(r"^ {4}--hash=sha256:[0-9a-f]{64}( \\)?$")


def locked(lock: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """Each package of a lock with its version and hashes; fails on any other kind of line."""
    found: dict[str, tuple[str, set[str]]] = {}
    for line in lock.read_text("utf-8").splitlines():
        if pin := PIN.match(line):
            hashes: set[str] = set()
            assert pin[1] not in found, f"{pin[1]} is locked twice"
            found[pin[1]] = (pin[2], hashes)
        else:
            assert HASH.match(line), f"{lock.name} has a line that is neither a pin nor a hash: {line}"
            hashes.add(line.strip(" \\"))
    return {name: (pinned, frozenset(hashes)) for name, (pinned, hashes) in found.items()}


def pins(requirements: list[str]) -> dict[str, str]:
    """Names and versions as the locks write them."""
    pairs = (requirement.split("==") for requirement in requirements)
    return {name.lower().replace("_", "-"): pinned for name, pinned in pairs}


@pytest.mark.parametrize("lock", [RUN, DEV, PACKAGE], ids=["run", "dev", "package"])
def test_a_lock_holds_hashed_pins_and_nothing_of_the_machine_that_made_it(lock: Path) -> None:
    packages = locked(lock)
    assert packages
    assert all(hashes for _, hashes in packages.values())


def test_what_runs_is_what_was_tested_and_what_is_frozen() -> None:
    assert locked(RUN).items() <= locked(DEV).items()
    assert locked(RUN).items() <= locked(PACKAGE).items()


def test_two_locks_never_name_two_versions_of_one_package() -> None:
    tested, frozen = locked(DEV), locked(PACKAGE)
    assert {name: tested[name] for name in tested.keys() & frozen.keys()} == {
        name: frozen[name] for name in tested.keys() & frozen.keys()
    }


def test_the_locks_hold_the_versions_that_pyproject_names() -> None:
    run, dev, package = (
        {name: pinned for name, (pinned, _) in locked(lock).items()} for lock in (RUN, DEV, PACKAGE)
    )
    assert pins(PROJECT["project"]["dependencies"]).items() <= run.items()
    assert pins(PROJECT["dependency-groups"]["dev"]).items() <= dev.items()
    assert pins(PROJECT["dependency-groups"]["package"]).items() <= package.items()


def test_development_tools_are_not_installed_on_a_clerks_computer() -> None:
    tools = {**pins(PROJECT["dependency-groups"]["dev"]), **pins(PROJECT["dependency-groups"]["package"])}
    assert not tools.keys() & locked(RUN).keys()


def test_this_environment_is_the_locked_one() -> None:
    # Of names with a marker some are for other systems.
    unmarked = (pin[1] for pin in map(PIN.match, DEV.read_text("utf-8").splitlines()) if pin and not pin[3])
    wanted = {name: locked(DEV)[name][0] for name in unmarked}
    assert {name: version(name) for name in wanted} == wanted


def test_start_is_written_in_a_grammar_that_every_python_reads() -> None:
    tree = ast.parse((ROOT / "start.py").read_text("utf-8"), feature_version=(3, 4))
    modern = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef, ast.arg)
    assert [type(node).__name__ for node in ast.walk(tree) if isinstance(node, modern)] == []
    assert not [node for node in tree.body if isinstance(node, ast.ImportFrom)]


@pytest.mark.parametrize("wrong", [(2, 7), (3, 6), (3, 10), (3, 14)])
def test_start_refuses_another_python_in_one_sentence(wrong: tuple[int, int]) -> None:
    pretend = (
        f"import sys, runpy; sys.version_info = {wrong!r} + (0, 'final', 0); "
        "sys.argv = ['start.py', 'test']; runpy.run_path('start.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Cadre Desk needs Python 3.11, 3.12 or 3.13, and this is Python {wrong[0]}.{wrong[1]}.\n"
    )


def test_start_lists_its_verbs() -> None:
    done = subprocess.run(
        [sys.executable, "start.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert all(f"  {name} " in done.stdout for name in verbs.VERBS)


def imported(paths: Iterable[Path]) -> set[str]:
    """The top names of all that modules import."""
    return {
        name.split(".")[0]
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in imports(node)
    }


def imports(node: ast.AST) -> Iterator[str]:
    """The modules an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module


def test_start_and_its_tooling_need_nothing_but_the_standard_library() -> None:
    names = imported([ROOT / "start.py", *(ROOT / "tooling").glob("*.py")])
    assert names <= sys.stdlib_module_names | {"tooling"}


def test_the_program_imports_only_what_it_names_as_its_dependencies() -> None:
    names = imported((ROOT / "cadre_desk").rglob("*.py")) - sys.stdlib_module_names - {"cadre_desk"}
    known = packages_distributions()
    needed = {name: {package.lower().replace("_", "-") for package in known.get(name, ())} for name in names}
    stated = pins(PROJECT["project"]["dependencies"]).keys()
    assert {name for name, packages in needed.items() if not packages & stated} == set()


def test_a_broken_environment_is_known_as_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "FOLDER", tmp_path / "none")
    assert environment._state() is None
    program = tmp_path / "broken" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text("#!/nowhere/python\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(environment, "FOLDER", tmp_path / "broken")
    assert environment._state() is None


def test_an_environment_that_has_lost_its_settings_is_known_as_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "FOLDER", tmp_path / "env")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    state = environment._state()
    assert state is not None
    assert any(package.startswith("pip==") for package in state["packages"])
    (tmp_path / "env" / "pyvenv.cfg").unlink()
    assert environment._state() is None


def test_a_second_start_installs_nothing_until_lock_or_packages_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "run.lock"
    lock.write_text("six==1.0 \\\n", "utf-8")
    monkeypatch.setattr(environment, "LOCKS", {"run": lock, "dev": lock})
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "FOLDER", Path(sys.prefix))
    monkeypatch.setattr(environment, "program", lambda _: Path(sys.executable))
    calls: list[tuple[object, ...]] = []

    def pip(*arguments: object) -> int:
        calls.append(arguments)
        return 0

    monkeypatch.setattr(environment, "_pip", pip)
    environment.ready("run")
    assert len(calls) == 2  # the lock, then the project itself
    environment.ready("run")
    assert len(calls) == 2
    state = environment._state()
    assert state is not None
    fewer = {**state, "packages": state["packages"][1:]}
    assert not environment._up_to_date("run", fewer)
    lock.write_text("six==1.1 \\\n", "utf-8")
    assert not environment._up_to_date("run", state)


def test_filling_for_one_purpose_does_not_undo_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = {name: tmp_path / f"{name}.lock" for name in ("run", "dev", "package")}
    for name, lock in locks.items():
        lock.write_text(f"{name}==1.0 \\\n", "utf-8")
    monkeypatch.setattr(environment, "LOCKS", locks)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "FOLDER", Path(sys.prefix))
    monkeypatch.setattr(environment, "program", lambda _: Path(sys.executable))
    calls: list[str] = []

    def pip(*arguments: object) -> int:
        calls.append(str(arguments[-1]))
        return 0

    monkeypatch.setattr(environment, "_pip", pip)
    for purpose in ("dev", "package", "dev", "run", "package"):
        environment.ready(purpose)
    assert [Path(call).name for call in calls if call.endswith(".lock")] == ["dev.lock", "package.lock"]


def test_start_ends_in_silence_when_nobody_reads_on() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    talk = (
        "from tooling import verbs; from tooling.steps import say; "
        "verbs.VERBS['bench'] = lambda _: [say('line') for _ in range(9999)] and 0; "
        "raise SystemExit(verbs.main(['bench']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", talk], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_one_line_of_a_program_is_held_back_and_no_other(capfd: pytest.CaptureFixture[str]) -> None:
    talk = f"import sys; sys.stderr.write('{verbs.NO_SIZES}x()\\nother {verbs.NO_SIZES}\\n'); sys.exit(3)"
    assert steps.run_without(verbs.NO_SIZES, [sys.executable, "-c", talk]) == 3
    assert capfd.readouterr().err == f"other {verbs.NO_SIZES}\n"


def test_the_command_is_installed_without_build_tools_or_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "老干部 台账"
    (source / "cadre_desk").mkdir(parents=True)
    (source / "cadre_desk" / "__init__.py").write_text('__version__ = "7.0"\n', "utf-8")
    (source / "cadre_desk" / "__main__.py").write_text("def main():\n    print('here')\n", "utf-8")
    (source / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(environment, "ROOT", source)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    wheel = environment.write_editable_wheel(tmp_path)
    empty = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", empty], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(empty), "install", "-q", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True)
    (command,) = empty.glob("*/cadre-desk*")
    done = subprocess.run([command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("here\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no dpkg")
def test_a_library_that_only_changed_its_name_is_not_installed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(command: list[str]) -> subprocess.CompletedProcess[str]:
        listed = "libglib2.0-0t64 installed\nlibgl1 installed\nxvfb config-files\n"
        return subprocess.CompletedProcess(command, 1, listed, "")

    monkeypatch.setattr(system, "asked", answer)
    assert system.absent(("libglib2.0-0", "libgl1", "xvfb", "xdotool")) == ["xvfb", "xdotool"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no apt")
def test_who_may_not_install_is_told_the_exact_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "absent", lambda _: ["xvfb", "xdotool"])
    monkeypatch.setattr(system, "root_words", lambda: None)
    assert system.need(("xvfb", "xdotool")) == ["xvfb", "xdotool"]
    assert "sudo apt-get install -y --no-install-recommends xvfb xdotool\n" in capsys.readouterr().out


def test_the_readme_and_ci_name_the_same_test_command() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if "start.py" in line]
    assert commands == ["exec python3 start.py test"]
    assert "python3 start.py test" in (ROOT / "README.md").read_text("utf-8")


def test_each_rule_that_is_not_followed_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lint = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.isort]")]
    rules = [line for line in lint.splitlines() if re.match(r'    "[A-Z]+[0-9]*"', line)]
    settings = PROJECT["tool"]["ruff"]["lint"]
    ignored = [*settings["ignore"], *(rule for per in settings["per-file-ignores"].values() for rule in per)]
    assert len(rules) == len(ignored)
    assert [line for line in rules if not re.fullmatch(r'    "[A-Z]+[0-9]*", # \S.{9,}', line)] == []


def sources() -> list[Path]:
    """The modules of the program and of its set-up."""
    return [
        ROOT / "start.py",
        *(path for room in ("cadre_desk", "tooling") for path in (ROOT / room).rglob("*.py")),
    ]


#: One record's fields, told once: a class can't be cut where a file could.
ONE_CLASS = {"cadre_desk/db/models/people.py": 500}


def test_no_module_is_longer_than_400_lines_and_no_function_than_60() -> None:
    long = []
    for path in sources():
        text = path.read_text("utf-8")
        name = path.relative_to(ROOT).as_posix()
        if (lines := text.count("\n")) > ONE_CLASS.get(name, 400):
            long.append(f"{name}: {lines} lines")
        long += [
            f"{name}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= 60
        ]
    assert long == []


def test_qt_does_not_lose_references_to_none(qtbot: QtBot) -> None:
    # PySide6 6.12 on Python 3.11 drops one at each call that returns nothing: 5,000 calls kill the process.
    field = QLineEdit()
    qtbot.addWidget(field)
    before = sys.getrefcount(None)
    for _ in range(1000):
        field.setText("x")
    assert sys.getrefcount(None) - before > -100
