#!/usr/bin/env python3
"""Does what a page of the documentation says, in an empty folder: pages.py PAGE FOLDER.

Shell blocks are run, in order. A block under the remark "file: NAME" becomes that file. The Python blocks of a page are one program,
run at its end by the environment that the page has made. One line a block tells how it went and how long it took.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

BLOCK = re.compile(r"(?:^<!-- (?P<remark>[^\n]*) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> int:
    page, folder = Path(sys.argv[1]), Path(sys.argv[2])
    failed, program = 0, []
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        remark, language, text = block["remark"] or "", block["language"], block["text"]
        if remark.startswith("file: "):
            path = folder / remark[len("file: "):]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif language == "python":
            program.append(text)
        elif language == "sh":
            failed += run(page, text.splitlines()[-1], ["bash", "-e", "-o", "pipefail", "-c", text], folder)
        else:
            failed += 1
            print("not ok - %s: a block of %s is neither run nor a file" % (page.name, language))
    if program:
        (folder / "page.py").write_text("\n".join(program), encoding="utf-8")
        failed += run(page, "its Python", ["env/bin/python", "page.py"], folder)
    return failed


def run(page: Path, what: str, command: list, folder: Path) -> int:
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    seconds = time.monotonic() - start
    print("%s - %s: %s (%.1f s)" % ("ok" if done.returncode == 0 else "not ok", page.name, what, seconds))
    if done.returncode != 0:
        print("\n".join("    " + line for line in done.stdout.decode(errors="replace").splitlines()[-60:]))
    sys.stdout.flush()
    return int(done.returncode != 0)


sys.exit(os.EX_OK if main() == 0 else 1)
