"""Runs a study: Python's values to the C interface and back."""

import ctypes
import json
import math
import os
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union

import numpy as np

from . import _native
from ._native import library
from ._table import Table

#: A number, or a grid of them: an array or list of increasing values, or text such as "0.01:10:64".
Grid = Union[float, str, Sequence[float], np.ndarray]

#: A path, or what would stand in the file: an array with one row an example, or a table as a dictionary of columns or a pandas DataFrame.
File = Union[str, os.PathLike[str], np.ndarray, Sequence[Any], Mapping]

#: False: none. None: a bar of tqdm, if it is installed, once a run takes longer than two seconds. Or a function of stage, done and total.
ProgressReport = Union[None, bool, Callable[[str, int, int], Any]]

_SECONDS_BEFORE_BAR = 2.0


class Interrupted(KeyboardInterrupt):
    """A run was stopped by Ctrl-C. ``table`` holds what was finished, or is None."""

    def __init__(self, table: Optional[Table]) -> None:
        super().__init__("interrupted; %s" % ("%d of %d %s are finished" % table.finished if table is not None else "nothing was finished"))
        self.table = table


def run(function: Callable[..., Table], study: Dict[str, Any], values: Dict[str, Any]) -> Table:
    """Runs a study of the catalogue. values are the local variables of its function: the parameters, threads and progress."""
    threads, progress = values.pop("threads"), values.pop("progress")
    standard = function.__kwdefaults__ or {}
    kinds = {parameter["name"]: parameter["kind"] for parameter in study["parameters"]}
    call = _Call(study["name"], 0 if threads is None else threads)
    for name, value in values.items():
        if value is not None and not (np.isscalar(value) and value == standard.get(name)):
            call.add(name, kinds[name], value, "source" in kinds)
    return call.run(progress)


class _Call:
    def __init__(self, study: str, threads: int) -> None:
        if isinstance(threads, bool) or not isinstance(threads, (int, np.integer)):
            raise ValueError("threads is %r; it must be a whole number from 0 to 1024." % (threads,))
        self.study = study
        self.threads = int(threads)
        self.arguments: Dict[str, Any] = {}
        self.arrays: List[_native.Array] = []
        self.kept: List[Any] = []  # what the arrays point to

    def add(self, name: str, kind: str, value: Any, has_source: bool) -> None:
        if kind == "file" and not isinstance(value, (str, os.PathLike)):
            self._add_file(name, value)
        elif kind == "document" and (isinstance(value, os.PathLike) or (isinstance(value, str) and "\n" not in value and "=" not in value)):
            self.arguments[name] = _read(name, os.fspath(value))
            if has_source:
                self.arguments.setdefault("source", os.path.abspath(os.fspath(value)))
        else:
            self.arguments[name] = _json_value(value)

    def run(self, progress: ProgressReport) -> Table:
        text = json.dumps(self.arguments, allow_nan=False)
        report = _Report(progress)
        stop = threading.Event()
        outcome: List[Tuple[int, Optional[int], str]] = []

        def work() -> None:
            pointer = ctypes.c_void_p()
            options = _native.Options(
                self.threads,
                len(self.arrays),
                (_native.Array * len(self.arrays))(*self.arrays),
                _native.Progress(lambda _, stage, *counts: report(stage.decode(), *counts)) if report.wanted else _native.Progress(),
                _native.Cancelled(lambda _: stop.is_set() or report.error is not None),
            )
            status = library.w2s_run(self.study.encode(), text.encode(), ctypes.byref(options), ctypes.byref(pointer))
            outcome.append((status, pointer.value, "" if status == _native.DONE else _native.last_error()))

        try:
            if threading.current_thread() is threading.main_thread():
                _wait(work, stop)  # Ctrl-C reaches the main thread alone, and only between instructions of Python
            else:
                work()
        except KeyboardInterrupt:
            table = Table(self.study, text, outcome[0][1]) if outcome and outcome[0][1] else None
            raise Interrupted(table) from None
        finally:
            report.close()
        if report.error is not None:
            raise report.error
        status, pointer, sentence = outcome[0]
        if status == _native.BAD_INPUT:
            raise ValueError(sentence)
        if not pointer:
            raise RuntimeError(sentence)
        return Table(self.study, text, pointer)

    def _add_file(self, name: str, value: Any) -> None:
        if isinstance(value, Mapping) or (hasattr(value, "columns") and any(isinstance(column, str) for column in value.columns)):
            for column in value.keys():
                self._add_array(name, str(column), np.asarray(value[column]))
        else:
            self._add_array(name, None, np.asarray(value))

    def _add_array(self, name: str, column: Optional[str], array: np.ndarray) -> None:
        place = name if column is None else "%s, column %s," % (name, column)
        if array.dtype == object:
            array = _from_objects(place, array)
        if array.dtype.kind not in "fiubUS":
            raise ValueError("%s is an array of %s; it must be an array of numbers or text." % (place, array.dtype))
        if array.ndim not in ((1,) if column is not None else (1, 2, 3)):
            allowed = "one" if column is not None else "one to three"
            raise ValueError("%s has %d dimensions; it must have %s." % (place, array.ndim, allowed))
        if column is not None and array.dtype.kind != "U":
            array = array.astype({"f": "<f8", "S": "U"}.get(array.dtype.kind, "<i8"))
        if array.ndim == 3:
            array = array.reshape(array.shape[0], -1)
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        column_major = array.ndim == 2 and array.flags.f_contiguous and not array.flags.c_contiguous
        if not column_major:
            array = np.ascontiguousarray(array)
        self.kept.append(array)
        self.arrays.append(
            _native.Array(
                name.encode(),
                None if column is None else column.encode(),
                array.dtype.str.encode(),
                array.ctypes.data,
                array.shape[0],
                array.shape[1] if array.ndim == 2 else 0,
                column_major,
            )
        )


class _Report:
    """Tells a caller's function, or a bar of tqdm, how far a run is. Called on the thread that runs."""

    def __init__(self, progress: ProgressReport) -> None:
        self.error: Optional[BaseException] = None
        self._function = progress if callable(progress) else None
        self._bar: Any = None
        self._stage = ""
        self._start = time.monotonic()
        self._make = _bar_maker() if progress is None or progress is True else None
        self._patience = 0.0 if progress is True else _SECONDS_BEFORE_BAR
        self.wanted = self._function is not None or self._make is not None

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self.error is not None:
            return
        try:
            if self._function is not None:
                self._function(stage, done, total)
            elif time.monotonic() - self._start >= self._patience:
                self._draw(stage, done, total)
        except BaseException as error:  # none may cross the C interface; raised again when the run has ended
            self.error = error

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None or stage != self._stage:
            self.close()
            self._bar, self._stage = self._make(desc=stage, total=total, leave=False), stage
        self._bar.update(done - self._bar.n)


def _bar_maker() -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm if hasattr(sys.stderr, "write") else None


def _wait(work: Callable[[], None], stop: threading.Event) -> None:
    ended = threading.Event()

    def work_and_tell() -> None:
        try:
            work()
        finally:
            ended.set()

    threading.Thread(target=work_and_tell, name="weaktostrong", daemon=True).start()
    interrupted: Optional[KeyboardInterrupt] = None
    while True:
        try:
            # Not Thread.join: interrupted, it takes a thread that still runs for ended (Python 3.9 to 3.12).
            while not ended.wait(0.2):
                pass
            break
        except KeyboardInterrupt as again:
            stop.set()
            interrupted = again
    if interrupted is not None:
        raise interrupted


def _json_value(value: Any) -> Any:
    """A value as the arguments' JSON has it; infinities and NaN are text there."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    elif isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Mapping) or not hasattr(value, "__iter__"):
        raise ValueError("%s is not a number, text, true or false, or a list of numbers." % type(value).__name__)
    return [_json_value(item) for item in value]


def _from_objects(place: str, array: np.ndarray) -> np.ndarray:
    """Text or numbers in an array of objects, as pandas has them; what is missing is empty text, or NaN among numbers."""
    flat = array.ravel().tolist()
    missing = [_is_missing(item) for item in flat]
    there = [item for item, gone in zip(flat, missing) if not gone]
    if all(isinstance(item, str) for item in there):
        return np.array(["" if gone else item for item, gone in zip(flat, missing)]).reshape(array.shape)
    if all(isinstance(item, (int, float, np.number, np.bool_)) for item in there):
        return np.array([math.nan if gone else item for item, gone in zip(flat, missing)], dtype="<f8").reshape(array.shape)
    raise ValueError("%s holds objects of Python that are not text; it must be an array of numbers or text." % place)


def _is_missing(item: Any) -> bool:
    """None, NaN, and the missing values of pandas, which is not needed for this."""
    return item is None or (isinstance(item, float) and math.isnan(item)) or type(item).__name__ in ("NAType", "NaTType")


def _read(name: str, path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise ValueError("%s: '%s' cannot be read: %s." % (name, path, (error.strerror or "it is not a file").lower())) from None
