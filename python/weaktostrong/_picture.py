"""Pictures of results, drawn by the program's own figures."""

import ctypes
import os
from typing import Union

from . import _native
from ._table import Table

_FORMATS = ("svg", "pdf", "png")


class Picture:
    """A result, drawn: notebooks show it, and ``save`` writes it as SVG, PDF or PNG."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._svg = self._bytes("svg").decode()

    @property
    def svg(self) -> str:
        """The picture as SVG."""
        return self._svg

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Writes the picture; the ending of the path, .svg, .pdf or .png, says as what."""
        place = os.fspath(path)
        ending = os.path.splitext(place)[1].lstrip(".").lower()
        if ending not in _FORMATS:
            raise ValueError("path is '%s'; it must end with .svg, .pdf or .png." % place)
        data = self._bytes(ending)
        beside = "%s.%d.part" % (place, os.getpid())
        with open(beside, "wb") as file:
            file.write(data)
        os.replace(beside, place)

    def __repr__(self) -> str:
        return "<picture of %s, %d rows; save(path) writes it>" % (self._table.study, self._table.rows)

    def _repr_svg_(self) -> str:
        return self._svg

    def _bytes(self, ending: str) -> bytes:
        start, length = ctypes.c_void_p(), ctypes.c_int64()
        _native.check(_native.library.w2s_draw(self._table._handle.pointer, ending.encode(), ctypes.byref(start), ctypes.byref(length)))
        return ctypes.string_at(start, length.value)


def plot(table: Table) -> Picture:
    """Draws a result as the program's ``--plot`` does.

    Where both ridges vary it is the map of the gap with its edge, where one input varies curves over the limits, a curve a
    value of a second and a panel a value of a third. ``ValueError`` says what cannot be drawn.
    """
    return Picture(table)
