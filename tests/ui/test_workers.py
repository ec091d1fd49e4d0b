"""Work beside the window: who lets go of it last, and what becomes of an answer that comes too late."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cadre_desk.ui.background import Background
from cadre_desk.ui.jobs import Jobs, Progress


class Held:
    """Something that a piece of work holds, as a closure holds its page; tells in which thread it ends."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self._ends = ends
        self.answer = 1

    def __del__(self) -> None:
        self._ends.append(threading.current_thread())


def holding(held: Held) -> Callable[..., int]:
    def work(*_: Progress) -> int:
        return held.answer

    return work


def test_a_job_is_let_go_of_in_the_windows_thread(qtbot: QtBot) -> None:
    parent = QObject()
    jobs = Jobs(lambda _: None, parent)
    ends: list[threading.Thread] = []
    for _ in range(20):
        jobs.run("数", holding(Held(ends)), lambda _: None)
    qtbot.waitUntil(lambda: len(ends) == 20)
    jobs.close()
    assert set(ends) == {threading.main_thread()}


def failing(held: Held) -> Callable[..., int]:
    def work(*_: Progress) -> int:
        page = held
        raise ValueError(page.answer)

    return work


def test_the_trace_of_a_failure_is_let_go_of_in_the_windows_thread(qtbot: QtBot) -> None:
    parent = QObject()
    errors: list[str] = []
    jobs = Jobs(lambda error: errors.append(str(error)), parent)
    looks = Background(lambda error: errors.append(str(error)), parent)
    ends: list[threading.Thread] = []
    for number in range(20):
        jobs.run("数", failing(Held(ends)), lambda _: None)
        looks.ask(f"count {number}", failing(Held(ends)), lambda _: None)
    qtbot.waitUntil(lambda: len(errors) == 40)
    gc.collect()
    assert len(ends) == 40
    jobs.close()
    looks.close()
    assert set(ends) == {threading.main_thread()}


def test_jobs_rest_when_the_last_answer_was_told(qtbot: QtBot) -> None:
    parent = QObject()
    jobs = Jobs(lambda _: None, parent)
    answers: list[int] = []
    jobs.run("数", lambda _: 1, answers.append)
    jobs.run("数", lambda _: 2, answers.append)
    assert not jobs.is_idle()
    with qtbot.waitSignal(jobs.rested):
        pass
    assert answers == [1, 2]
    assert jobs.is_idle()
    jobs.close()


def test_a_question_is_let_go_of_in_the_windows_thread_also_when_it_is_overtaken(qtbot: QtBot) -> None:
    parent = QObject()
    looks = Background(lambda _: None, parent)
    ends: list[threading.Thread] = []
    answers: list[int] = []
    for _ in range(20):
        looks.ask("count", holding(Held(ends)), answers.append)
    qtbot.waitUntil(lambda: len(ends) == 20)
    looks.close()
    assert set(ends) == {threading.main_thread()}
    assert answers == [1]


def test_an_answer_that_comes_after_the_desk_closed_is_dropped(qtbot: QtBot) -> None:
    parent = QObject()
    jobs = Jobs(lambda _: None, parent)
    told: list[object] = []
    begun = threading.Event()

    def work(_: Progress) -> int:
        begun.set()
        return 1

    jobs.run("数", work, told.append, told.append)
    assert begun.wait(5)
    jobs.close()
    qtbot.wait(30)
    assert told == []
