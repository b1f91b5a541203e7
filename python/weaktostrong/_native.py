"""The C interface (weaktostrong.h) as ctypes sees it."""

import ctypes
import os
import sys
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_double, c_int32, c_int64, c_void_p
from pathlib import Path

INTERFACE = 1

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
NUMBERS, INTEGERS, TEXT = 0, 1, 2

Progress = CFUNCTYPE(None, c_void_p, c_char_p, c_int64, c_int64)
Cancelled = CFUNCTYPE(c_int32, c_void_p)


class Array(Structure):
    _fields_ = [
        ("parameter", c_char_p),
        ("column", c_char_p),
        ("type", c_char_p),
        ("data", c_void_p),
        ("rows", c_int64),
        ("columns", c_int64),
        ("column_major", c_int32),
    ]


class Options(Structure):
    _fields_ = [
        ("threads", c_int32),
        ("array_count", c_int32),
        ("arrays", POINTER(Array)),
        ("progress", Progress),
        ("cancelled", Cancelled),
        ("state", c_void_p),
    ]


class Summary(Structure):
    _fields_ = [
        ("rows", c_int64),
        ("columns", c_int32),
        ("done", c_int64),
        ("asked", c_int64),
        ("unit", c_char_p),
        ("remarks", c_char_p),
        ("answer", c_char_p),
    ]


class Column(Structure):
    _fields_ = [
        ("name", c_char_p),
        ("kind", c_int32),
        ("rows", c_int64),
        ("numbers", POINTER(c_double)),
        ("integers", POINTER(c_int64)),
        ("codes", POINTER(c_int32)),
        ("words", POINTER(c_char_p)),
        ("word_count", c_int32),
    ]


def _load() -> ctypes.CDLL:
    ending = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
    path = os.environ.get("WEAKTOSTRONG_LIBRARY") or Path(__file__).with_name("libweaktostrong" + ending)
    library = ctypes.CDLL(str(path))
    for name, result, arguments in (
        ("w2s_interface", c_int32, []),
        ("w2s_version", c_char_p, []),
        ("w2s_studies", c_char_p, []),
        ("w2s_run", c_int32, [c_char_p, c_char_p, POINTER(Options), POINTER(c_void_p)]),
        ("w2s_describe", c_int32, [c_void_p, POINTER(Summary)]),
        ("w2s_column_at", c_int32, [c_void_p, c_int32, POINTER(Column)]),
        ("w2s_save", c_int32, [c_void_p, c_char_p]),
        ("w2s_draw", c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(c_int64)]),
        ("w2s_free", None, [c_void_p]),
        ("w2s_last_error", c_char_p, []),
    ):
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    if library.w2s_interface() != INTERFACE:
        raise ImportError("%s has interface %d; this package needs %d" % (path, library.w2s_interface(), INTERFACE))
    return library


library = _load()


def last_error() -> str:
    """The sentence for the last call of this thread that failed."""
    return (library.w2s_last_error() or b"").decode()


def check(status: int) -> None:
    """Raises what belongs to a status that is not DONE."""
    if status == BAD_INPUT:
        raise ValueError(last_error())
    if status != DONE:
        raise RuntimeError(last_error())
