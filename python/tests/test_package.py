"""What is in the package: signatures, documentation, types."""

import ast
import inspect
import typing
from pathlib import Path

import pytest

import weaktostrong as w2s

PYTHON = Path(__file__).resolve().parent.parent
FILES = sorted([*Path(w2s.__file__).parent.glob("*.py"), *PYTHON.glob("*.py"), *PYTHON.glob("tests/*.py")])


@pytest.mark.parametrize("study", w2s.studies(), ids=lambda study: study["name"])
def test_a_study_is_a_documented_function(study):
    function = getattr(w2s, study["name"].replace("-", "_"))
    signature = inspect.signature(function)
    assert list(signature.parameters) == [*sorted_parameters(study), "threads", "progress"]
    hints = typing.get_type_hints(function)
    assert hints["return"] is w2s.Table and set(hints) == {*signature.parameters, "return"}
    page = function.__doc__
    assert page.startswith(study["summary"])
    one_line = " ".join(page.split())
    for parameter in study["parameters"]:
        assert "\n    %s : " % parameter["name"] in page
        assert " ".join(parameter["help"].split()).rstrip(".") in one_line
        if parameter["kind"] != "flag":
            assert "It must be " + parameter["allowed"].rstrip(".") in one_line
    for column in study["columns"]:
        assert column["name"] in page


def sorted_parameters(study):
    documents = [p["name"] for p in study["parameters"] if p["kind"] == "document" and p["required"]]
    return documents + [p["name"] for p in study["parameters"] if p["name"] not in documents]


def test_defaults_are_python_values():
    parameters = inspect.signature(w2s.limits).parameters
    expected = dict(signal_power=1, resolvent=False, gamma_teacher=None)
    assert {name: parameters[name].default for name in expected} == expected


def test_the_package_is_typed():
    assert Path(w2s.__file__).with_name("py.typed").exists()
    assert w2s.__version__.count(".") == 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_code_is_that_of_python_3_9(path):
    tree = ast.parse(path.read_text(), feature_version=(3, 9))
    compile(tree, str(path), "exec")
    hints = [getattr(node, name, None) for node in ast.walk(tree) for name in ("annotation", "returns")]
    unions = [part for hint in hints if hint is not None for part in ast.walk(hint) if isinstance(part, ast.BinOp)]
    assert not unions, "X | Y in a hint needs Python 3.10"
