#!/usr/bin/env python3
"""Makes the wheel: publishes the native library, generates the functions from its catalogue, and zips both with the package.

    python3 python/build.py [--out FOLDER] [--library FILE]

Needs the .NET SDK and what publishing ahead of time needs (on Linux a C compiler for linking); of Python only the standard library.
"""

import argparse
import base64
import ctypes
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path
from typing import Dict

import generate

ROOT = Path(__file__).resolve().parent.parent
SUMMARY = "Weak-to-strong generalization: exact limits, exact simulation, networks, chains and real data."


def main() -> None:
    parser = argparse.ArgumentParser(description=SUMMARY)
    parser.add_argument("--out", type=Path, default=ROOT / "python" / "dist", help="where the wheel goes (default: python/dist)")
    parser.add_argument("--library", type=Path, help="a folder of libraries that were published already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        native = options.library or publish(Path(scratch))
        files = contents(native)
        print(write_wheel(files, options.out))


def publish(folder: Path) -> Path:
    """The native library, published ahead of time."""
    project = ROOT / "src" / "WeakToStrong.Native"
    command = ["dotnet", "publish", str(project), "-c", "Release", "--use-current-runtime", "-o", str(folder), "-v", "quiet", "--nologo"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return folder


def contents(native: Path) -> Dict[str, bytes]:
    """The files of the package, by their names in the wheel."""
    package = sorted((ROOT / "python" / "weaktostrong").iterdir())
    files = {"weaktostrong/" + path.name: path.read_bytes() for path in package if path.is_file()}
    libraries = [path for path in sorted(native.iterdir()) if path.suffix in (".so", ".dylib", ".dll")]
    for path in [*libraries, native / "weaktostrong.h"]:
        files["weaktostrong/" + path.name] = path.read_bytes()
    main_library = next(path for path in libraries if path.stem == "libweaktostrong")
    files["weaktostrong/_studies.py"] = generate.module(catalogue(main_library)).encode()
    return files


def catalogue(library: Path) -> list:
    """What the library tells about the studies."""
    loaded = ctypes.CDLL(str(library))
    loaded.w2s_studies.restype = ctypes.c_char_p
    return json.loads(loaded.w2s_studies())


def version() -> str:
    """The version that every part of the project shares."""
    text = (ROOT / "Directory.Build.props").read_text(encoding="utf-8")
    return text.split("<Version>")[1].split("</Version>")[0]


def write_wheel(files: Dict[str, bytes], out: Path) -> Path:
    """A wheel as PEP 427 has it, the same bytes for the same contents."""
    name = "weaktostrong-%s" % version()
    tag = "py3-none-%s" % sysconfig.get_platform().replace("-", "_").replace(".", "_")
    info = name + ".dist-info/"
    files = dict(files)
    files[info + "METADATA"] = metadata().encode()
    files[info + "WHEEL"] = ("Wheel-Version: 1.0\nGenerator: python/build.py\nRoot-Is-Purelib: false\nTag: %s\n" % tag).encode()
    files[info + "LICENSE"] = (ROOT / "LICENSE").read_bytes()
    record = ["%s,sha256=%s,%d" % (path, digest(data), len(data)) for path, data in files.items()]
    files[info + "RECORD"] = "\n".join([*record, info + "RECORD,,", ""]).encode()
    out.mkdir(parents=True, exist_ok=True)
    wheel = out / ("%s-%s.whl" % (name, tag))
    beside = wheel.with_suffix(".part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = (0o755 if path.endswith((".so", ".dylib")) else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    os.replace(beside, wheel)
    return wheel


def metadata() -> str:
    """The package's METADATA; its description is the page of the documentation."""
    head = [
        "Metadata-Version: 2.1",
        "Name: weaktostrong",
        "Version: " + version(),
        "Summary: " + SUMMARY,
        "License: MIT",
        "Requires-Python: >=3.9",
        "Requires-Dist: numpy",
        "Provides-Extra: pandas",
        'Requires-Dist: pandas; extra == "pandas"',
        "Provides-Extra: progress",
        'Requires-Dist: tqdm; extra == "progress"',
        "Description-Content-Type: text/markdown",
    ]
    page = ROOT / "docs" / "from-python.md"
    return "\n".join(head) + "\n\n" + (page.read_text(encoding="utf-8") if page.exists() else SUMMARY + "\n")


def digest(data: bytes) -> str:
    """A hash as RECORD writes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    main()
