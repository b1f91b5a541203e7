"""Every study gives the program's numbers, to the bit."""

import numpy as np
import pytest

import weaktostrong as w2s_python

CHAIN = """
noise_variance = 0.5
[spectrum]
values = [2.0, 1.0, 0.1]
[target]
values = [1.0, -0.5, 2.0]
[[stage]]
name = "teacher"
n = 40
ridge = 0.1
[[stage]]
name = "student"
n = 80
ridge = "best"
"""

NETWORK = {"d": 60, "width_teacher": 60, "width_student": 60, "n_teacher": 240, "n_student": 240, "trials": 2}

# A run of a second or so of every study: its arguments, and the program's command.
RUNS = {
    "limits": (
        "limits",
        dict(gamma_teacher=0.25, gamma_student=1.2, lambda_teacher=0.05, lambda_student="0.01:10:7", noise_variance=[1, 3]),
    ),
    "simulate": (
        "simulate",
        dict(d=60, n_teacher=90, n_student=40, noise_variance=1, lambda_teacher=0.1, lambda_student=[0.1, 1], trials=50, engine="dense"),
    ),
    "network-updates": ("network --measure updates", NETWORK),
    "network-readouts": ("network --measure readouts", {**NETWORK, "true_labels": 200}),
    "network-forgetting": ("network --measure forgetting", {**NETWORK, "steps": 2, "true_labels": 200}),
    "network-spectrum": ("network --measure spectrum", NETWORK),
    "chain": ("chain", dict(specification=CHAIN, simulate=20, seed=3)),
    "data": (
        "data",
        dict(repeats=2, pseudo_labels="hard", lambda_student="0.01:1:3", weak_map="pool:4x4 | standardise", strong_map="standardise"),
    ),
    "verify": ("verify", dict(claim="equation-5,lemma-12")),
}


def function(name):
    return getattr(w2s_python, name.replace("-", "_"))


def options(arguments):
    """Arguments as the program takes them."""
    for name, value in arguments.items():
        if value is True:
            yield "--" + name.replace("_", "-")
        elif value is not False:
            yield from ("--" + name.replace("_", "-"), ",".join(map(str, value)) if isinstance(value, list) else str(value))


def test_every_study_is_run_here():
    assert set(RUNS) == {study["name"] for study in w2s_python.studies()}


@pytest.mark.parametrize("name", RUNS)
def test_a_study_gives_the_programs_bytes(name, w2s, saved, tmp_path):
    command, arguments = RUNS[name]
    words = command.split()
    given = dict(arguments)
    if "specification" in given:
        (tmp_path / "chain.toml").write_text(given.pop("specification"))
        words.append(str(tmp_path / "chain.toml"))
    table = function(name)(**arguments)
    assert saved(table) == w2s.csv(*words, *options(given))


def test_columns_hold_what_is_written(saved):
    table = w2s_python.limits(**RUNS["limits"][1])
    lines = saved(table).decode().splitlines()
    assert lines[0].split(",") == table.columns == list(table)
    for row, line in enumerate(lines[1:]):
        for name, cell in zip(table.columns, line.split(",")):
            value = table[name][row]
            assert cell == value if isinstance(value, str) else float(cell) == value or np.isnan(value)


def test_numbers_are_not_copied():
    table = w2s_python.limits(**RUNS["limits"][1])
    first, again = table["gap"], w2s_python.Table.__getitem__(table, "gap")
    assert first is again and not first.flags.owndata and not first.flags.writeable
    table._arrays.clear()
    assert table["gap"].ctypes.data == first.ctypes.data
    del table
    assert np.isfinite(first).all()  # the memory lives as long as an array looks into it


def test_grids_are_arrays_lists_or_text():
    at = dict(gamma_teacher=0.25, gamma_student=1.2, noise_variance=3)
    text = w2s_python.limits(**at, lambda_teacher="0.5,1,2")
    for grid in (np.array([0.5, 1, 2]), [0.5, 1, 2], (0.5, 1, 2), np.array([0.5, 1, 2], dtype=np.float32)):
        np.testing.assert_array_equal(w2s_python.limits(**at, lambda_teacher=grid)["teacher_error"], text["teacher_error"])
    assert w2s_python.limits(**at, lambda_teacher=np.float64(0.5))["teacher_error"] == text["teacher_error"][0]
    assert w2s_python.limits(**at, lambda_teacher=1, spike=np.inf)["spike"] == np.inf


def test_a_specification_may_be_a_file(tmp_path):
    path = tmp_path / "chain.toml"
    path.write_text(CHAIN)
    from_text = w2s_python.chain(CHAIN)
    for specification in (path, str(path)):
        np.testing.assert_array_equal(w2s_python.chain(specification)["test_error"], from_text["test_error"])


def test_a_table_becomes_a_data_frame():
    pandas = pytest.importorskip("pandas")
    table = w2s_python.limits(**RUNS["limits"][1])
    frame = table.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame.columns) == table.columns and len(frame) == table.rows == 14
    assert frame["window"].tolist() == table["window"].tolist()


def test_a_table_shows_itself():
    table = w2s_python.limits(**RUNS["limits"][1])
    assert "student_error" in repr(table) and "<th>student_error</th>" in table._repr_html_()
    one = w2s_python.limits(gamma_teacher=0.4, gamma_student=2, noise_variance=0.5, lambda_teacher=0.1, lambda_student=[0.1, 1])
    lines = repr(one).splitlines()
    assert "gamma_teacher = 0.4" in lines[0] and max(map(len, lines[:-2])) <= 80 and "gamma_teacher" not in lines[-3]
    assert table.study == "limits" and table.finished[0] == table.finished[1]
    assert w2s_python.data(repeats=1, lambda_student=0.1, strong_map="standardise").answer
    with pytest.raises(KeyError, match="there is no column 'nothing'"):
        table["nothing"]


def test_a_picture_is_the_programs(w2s, tmp_path):
    table = w2s_python.limits(**RUNS["limits"][1])
    picture = w2s_python.plot(table)
    assert picture.svg.startswith(("<svg", "<?xml")) and picture._repr_svg_() == picture.svg
    assert repr(picture) == "<picture of limits, 14 rows; save(path) writes it>"
    arguments = dict(RUNS["limits"][1])
    for ending in ("svg", "pdf", "png"):
        w2s.csv("limits", *options(arguments), "--plot", tmp_path / ("program." + ending))
        picture.save(tmp_path / ("python." + ending))
        assert (tmp_path / ("program." + ending)).read_bytes() == (tmp_path / ("python." + ending)).read_bytes()
    with pytest.raises(ValueError, match="it must end with .svg, .pdf or .png"):
        picture.save(tmp_path / "python.jpg")
    with pytest.raises(ValueError, match="nothing varies"):
        w2s_python.plot(w2s_python.limits(gamma_teacher=0.25, gamma_student=1.2, noise_variance=3))
