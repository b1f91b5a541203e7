"""Long runs: progress, Ctrl-C, threads."""

import os
import signal
import sys
import threading
import time

import numpy as np
import pytest

import weaktostrong as w2s

LONG = dict(d=50, n_teacher=100, n_student=80, noise_variance=1, lambda_teacher=0.1, lambda_student=[0.1, 0.3], trials=10**12)


# A process that was started in the background may have been told to ignore the signal.
signal.signal(signal.SIGINT, signal.default_int_handler)


def interrupt_after(seconds):
    timer = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    return timer


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_an_interrupt_keeps_what_was_finished():
    def interrupt_once(_, done, total):
        if done and not sent:
            sent.append(done)
            os.kill(os.getpid(), signal.SIGINT)

    sent = []
    with pytest.raises(KeyboardInterrupt) as stopped:
        w2s.simulate(**LONG, progress=interrupt_once)
    table = stopped.value.table
    done, asked, unit = table.finished
    assert 0 < done < asked == 10**12 and unit == "trials"
    assert np.isfinite(table["gap"]).all() and (table["trials"] == done).all()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_an_interrupt_stops_what_has_no_part_result():
    interrupt_after(1)
    with pytest.raises(w2s.Interrupted) as stopped:
        w2s.limits(gamma_teacher="0.1:1:600", gamma_student="0.1:1:600", noise_variance="0.1:1:100", lambda_teacher=0.1, progress=False)
    assert stopped.value.table is None


def test_progress_is_told():
    seen = []
    longer = {**LONG, "d": 5000, "n_teacher": 10000, "n_student": 8000, "trials": 1_000_000}
    w2s.simulate(**longer, progress=lambda *news: seen.append(news))
    assert seen and all(isinstance(stage, str) and 0 <= done <= total for stage, done, total in seen)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def test_an_error_of_the_callers_function_ends_the_run():
    def fail(*_):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        w2s.simulate(**LONG, progress=fail)


def test_a_bar_is_shown_when_tqdm_is_there(capsys):
    pytest.importorskip("tqdm")
    w2s.simulate(**{**LONG, "d": 5000, "n_teacher": 10000, "n_student": 8000, "trials": 1_000_000}, progress=True)
    assert "trials" in capsys.readouterr().err


def test_two_threads_run_side_by_side():
    # Each run waits in its first news until the other is running too; had one to end before the other began, the wait would fail.
    both = threading.Barrier(2)
    finished = []

    def run():
        waiting = [True]

        def meet(*_):
            if waiting:
                waiting.clear()
                both.wait(30)

        table = w2s.simulate(**{**LONG, "d": 5000, "n_teacher": 10000, "n_student": 8000, "trials": 500_000}, threads=1, progress=meet)
        finished.append(table["gap"].tolist())

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(finished) == 2 and finished[0] == finished[1]


def test_python_goes_on_while_a_run_computes():
    ran, ended = [], []

    def run():
        ran.append(w2s.limits(gamma_teacher=0.25, gamma_student="0.1:1:1000", noise_variance="0.1:1:2000", lambda_teacher=0.1, threads=1))
        ended.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    ticks = []
    while thread.is_alive():
        ticks.append(time.monotonic())
        time.sleep(0.002)
    thread.join()
    assert ran[0].rows == 2_000_000
    assert max(np.diff(ticks)) < 0.5 * (ticks[-1] - ticks[0])
