"""The result of a study: named columns as NumPy arrays."""

import ctypes
import os
import textwrap
import weakref
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Tuple, Union

import numpy as np

from . import _native
from ._native import library

if TYPE_CHECKING:
    import pandas

_SHOWN_ROWS = 20
_WIDTH = 80  # of the lines that say what all rows share


class _Handle:
    """Owns a native result; whatever looks into its memory holds on to this."""

    def __init__(self, pointer: int) -> None:
        self.pointer = pointer
        weakref.finalize(self, library.w2s_free, pointer).atexit = False


class _Memory:
    """Native memory as NumPy reads it: an array over it keeps this, and this the result, alive."""

    def __init__(self, handle: _Handle, pointer: Any, kind: str, count: int) -> None:
        self._handle = handle
        address = ctypes.cast(pointer, ctypes.c_void_p).value or 0
        self.__array_interface__ = {"version": 3, "shape": (count,), "typestr": kind, "data": (address, True)}


class Table(Mapping):
    """Named columns of equal length: ``table["gap"]`` is a NumPy array.

    Numbers are not copied: the arrays look into the library's memory, cannot be written to, and keep it alive. Text becomes an array of
    ``str`` when it is first asked for.
    """

    def __init__(self, study: str, arguments: str, pointer: int) -> None:
        self._handle = _Handle(pointer)
        summary = _native.Summary()
        _native.check(library.w2s_describe(pointer, ctypes.byref(summary)))
        self._study = study
        self._arguments = arguments
        self._rows: int = summary.rows
        self._done: int = summary.done
        self._asked: int = summary.asked
        self._unit: str = summary.unit.decode()
        self._remarks: List[str] = summary.remarks.decode().splitlines()
        self._answer: List[str] = summary.answer.decode().splitlines()
        self._places: Dict[str, int] = {self._column(i).name.decode(): i for i in range(summary.columns)}
        self._arrays: Dict[str, np.ndarray] = {}

    @property
    def columns(self) -> List[str]:
        """The columns' names, in order."""
        return list(self._places)

    @property
    def rows(self) -> int:
        """How many rows the columns have."""
        return self._rows

    @property
    def study(self) -> str:
        """The study that this is the result of."""
        return self._study

    @property
    def remarks(self) -> List[str]:
        """What to know before the table, such as a file's oddities; one sentence each."""
        return list(self._remarks)

    @property
    def answer(self) -> List[str]:
        """The answer in words, for studies that have one; one sentence each."""
        return list(self._answer)

    @property
    def finished(self) -> Tuple[int, int, str]:
        """Units of work finished and asked for, and what they are, such as ``(400, 1000, "trials")``."""
        return self._done, self._asked, self._unit

    def __getitem__(self, name: str) -> np.ndarray:
        array = self._arrays.get(name)
        if array is None:
            if name not in self._places:
                raise KeyError("there is no column %r; there are %s" % (name, ", ".join(self._places)))
            array = self._arrays[name] = self._array(self._column(self._places[name]))
        return array

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def to_pandas(self) -> "pandas.DataFrame":
        """The table as a pandas DataFrame, copied."""
        import pandas

        return pandas.DataFrame({name: self[name] for name in self})

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Writes the table as the program ``w2s`` does, byte for byte: JSON when the path ends with .json, otherwise CSV.

        The file is written whole or not at all.
        """
        _native.check(library.w2s_save(self._handle.pointer, os.fspath(path).encode()))

    def __repr__(self) -> str:
        same, head, rows = self._shown()
        widths = [max(map(len, column)) for column in zip(head, *rows)]
        lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in [head, *rows]]
        return "\n".join([*self._remarks, *same, *(lines if head else []), *self._more(), *self._answer])

    def _repr_html_(self) -> str:
        same, head, rows = self._shown()
        html = ["<table><thead><tr>", *("<th>%s</th>" % escape(cell) for cell in head), "</tr></thead><tbody>"]
        for row in rows:
            html += ["<tr>", *("<td>%s</td>" % escape(cell) for cell in row), "</tr>"]
        html.append("</tbody></table>")
        before, after = ([*self._remarks, *same], [*self._more(), *self._answer])
        before, after = (["<p>%s</p>" % escape(text) for text in texts] for texts in (before, after))
        return "".join([*before, *(html if head else []), *after])

    def _shown(self) -> Tuple[List[str], List[str], List[List[str]]]:
        """What all rows share, in lines, then the names and cells of the columns that vary; those that are NaN throughout are left out."""
        same, varying = [], []
        for name in self:
            column = self[name]
            if self._rows > 0 and column.dtype.kind == "f" and np.isnan(column).all():
                continue
            (same if self._rows > 1 and (column == column[0]).all() else varying).append(name)
        lines = textwrap.wrap(", ".join("%s = %s" % (name, _cell(self[name][0].item())) for name in same), _WIDTH)
        cells = [[_cell(value) for value in self[name][:_SHOWN_ROWS].tolist()] for name in varying]
        return lines, varying, [list(row) for row in zip(*cells)]

    def _more(self) -> List[str]:
        return ["%d rows in all" % self._rows] if self._rows > _SHOWN_ROWS else []

    def _column(self, index: int) -> _native.Column:
        column = _native.Column()
        _native.check(library.w2s_column_at(self._handle.pointer, index, ctypes.byref(column)))
        return column

    def _array(self, column: _native.Column) -> np.ndarray:
        if column.rows == 0:
            return np.array([], dtype={_native.NUMBERS: "<f8", _native.INTEGERS: "<i8"}.get(column.kind, "<U1"))
        if column.kind == _native.NUMBERS:
            return np.asarray(_Memory(self._handle, column.numbers, "<f8", column.rows))
        if column.kind == _native.INTEGERS:
            return np.asarray(_Memory(self._handle, column.integers, "<i8", column.rows))
        words = np.array([column.words[i].decode() for i in range(column.word_count)])
        return words[np.asarray(_Memory(self._handle, column.codes, "<i4", column.rows))]


def _cell(value: Any) -> str:
    return "%.6g" % value if isinstance(value, float) else str(value)
