"""What the tests share. W2S holds the command line of the program w2s, with whose bytes results are compared."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest


class Program:
    """The program w2s."""

    def __init__(self, command):
        self.command = command

    def run(self, *words):
        return subprocess.run([*self.command, *map(str, words)], capture_output=True, stdin=subprocess.DEVNULL, check=False)

    def csv(self, *words):
        """Its result as CSV, as bytes."""
        done = self.run(*words, "--format", "csv")
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout


@pytest.fixture(scope="session")
def w2s():
    if "W2S" not in os.environ:
        pytest.skip("W2S does not name the program")
    return Program(shlex.split(os.environ["W2S"]))


@pytest.fixture
def saved(tmp_path):
    """A table's bytes, as the program would write them."""

    def save(table):
        path = Path(tmp_path) / "table.csv"
        table.save(path)
        return path.read_bytes()

    return save
