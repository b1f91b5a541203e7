"""Wrong input raises ValueError with the program's sentence; arrays stand for files."""

import numpy as np
import pytest

import weaktostrong as w2s_python

WRONG = [
    ("limits", dict(gamma_teacher=-1), "gamma_teacher is '-1'; it must be a positive finite number"),
    ("limits", dict(gamma_teacher=1), "gamma_student is missing; "),
    ("limits", dict(gamma_teacher=float("nan")), "gamma_teacher is 'nan'; "),
    ("limits", dict(gamma_teacher=[2, 1]), "gamma_teacher: grid values must increase"),
    ("limits", dict(gamma_teacher={}), "dict is not a number"),
    ("limits", dict(points="no-such-file.csv"), "'no-such-file.csv' cannot be read: there is no such file"),
    ("limits", dict(points=np.zeros((2, 2), dtype=complex)), "points is an array of complex128"),
    ("limits", dict(points={"gamma_teacher": [1.0]}), "points has no column gamma_student"),
    ("limits", dict(points={"gamma_teacher": [1.0], "gamma_student": [1.0, 2.0]}), "points, column gamma_student has 2 rows"),
    ("simulate", dict(d=0), "d is '0'; it must be a whole number of at least 1"),
    ("chain", dict(specification="no-such-file.toml"), "specification: 'no-such-file.toml' cannot be read"),
    ("chain", dict(specification="nothing = 1"), "specification"),
    ("data", dict(dataset="nothing"), "dataset is 'nothing'; it must be digits"),
    ("data", dict(threads=-1), "threads is -1; it must be a whole number from 0 to 1024"),
    ("data", dict(threads="two"), "threads is 'two'; it must be a whole number from 0 to 1024"),
]


@pytest.mark.parametrize("study, arguments, sentence", WRONG, ids=range(len(WRONG)))
def test_wrong_input_is_refused_in_one_sentence(study, arguments, sentence):
    with pytest.raises(ValueError) as refused:
        getattr(w2s_python, study)(**arguments)
    message = str(refused.value)
    assert message.startswith(sentence) and message.endswith(".") and "\n" not in message


def test_the_sentence_is_the_programs(w2s):
    with pytest.raises(ValueError) as refused:
        w2s_python.limits(gamma_teacher=0.25, lambda_student=-1)
    told = w2s.run("limits", "--gamma-teacher", 0.25, "--lambda-student", -1).stderr.decode()
    assert told.replace("--lambda-student", "lambda_student") == "w2s: %s\n" % refused.value


def test_unknown_names_are_refused_by_python():
    with pytest.raises(TypeError):
        w2s_python.limits(gamma=1)


@pytest.fixture(scope="module")
def example():
    random = np.random.default_rng(0)
    weak, strong = random.standard_normal((300, 4)), random.standard_normal((300, 20))
    labels = np.where(strong[:, 0] + weak[:, 0] > 0, "yes", "no")
    split = np.repeat(["teacher", "student", "test"], 100)
    return weak, strong, labels, split


AT = dict(lambda_teacher=0.1, lambda_student="0.01:1:3")


def test_arrays_stand_for_files(example, saved, tmp_path, w2s):
    weak, strong, labels, split = example
    paths = {}
    for name, array in zip(("weak_features", "strong_features", "labels", "split"), example):
        paths[name] = tmp_path / (name + ".npy")
        np.save(paths[name], array)
    words = [word for name, path in paths.items() for word in ("--" + name.replace("_", "-"), path)]
    expected = w2s.csv("data", *words, "--lambda-teacher", 0.1, "--lambda-student", "0.01:1:3")
    assert saved(w2s_python.data(**paths, **AT)) == expected
    arrays = dict(weak_features=weak, strong_features=strong, labels=labels, split=split)
    assert saved(w2s_python.data(**arrays, **AT)) == expected
    arrays = dict(
        weak_features=weak.tolist(), strong_features=np.asfortranarray(strong), labels=labels.astype(object), split=split.astype("S"))
    assert saved(w2s_python.data(**arrays, **AT)) == expected
    assert saved(w2s_python.data(**{**arrays, "strong_features": strong[:, ::-1][:, ::-1]}, **AT)) == expected


def test_arrays_of_other_types_are_read_as_they_are(example, saved):
    weak, strong, labels, split = example
    for kind in (np.float16, np.float32, np.int8, np.int64, ">f8", bool):
        small = (10 * weak).astype(kind)
        one = w2s_python.data(weak_features=small, strong_features=strong, labels=labels, split=split, **AT)
        two = w2s_python.data(weak_features=small.astype(float), strong_features=strong, labels=labels, split=split, **AT)
        assert saved(one) == saved(two)


def test_a_wrong_entry_of_an_array_is_named(example):
    weak, strong, labels, split = example
    wrong = weak.copy()
    wrong[2, 1] = np.nan
    with pytest.raises(ValueError, match="weak_features, row 3, column 2 is 'nan'; it must be a finite number"):
        w2s_python.data(weak_features=wrong, strong_features=strong, labels=labels, split=split, **AT)


def test_a_data_frame_stands_for_a_file(example, saved):
    pandas = pytest.importorskip("pandas")
    weak, strong, labels, split = example
    expected = saved(w2s_python.data(weak_features=weak, strong_features=strong, labels=labels, split=split, **AT))
    frame = pandas.DataFrame(weak, columns=["a", "b", "c", "d"])
    assert saved(w2s_python.data(weak_features=frame, strong_features=strong, labels=pandas.Series(labels), split=split, **AT)) == expected


def test_points_are_columns(saved, w2s, tmp_path):
    points = dict(
        gamma_teacher=np.array([0.25, 0.5]),
        gamma_student=[1, 2],
        lambda_teacher=[0.05, 0.1],
        lambda_student=[0.1, 0.3],
        noise_variance=np.array([1, 3], dtype=np.float32),
        name=["one", "two"],
    )
    lines = [",".join(points), *(",".join(str(points[name][row]) for name in points) for row in range(2))]
    (tmp_path / "points.csv").write_text("\n".join(lines) + "\n")
    table = w2s_python.limits(points=points)
    assert table["name"].tolist() == ["one", "two"]
    assert saved(table) == w2s.csv("limits", "--points", tmp_path / "points.csv")
    with pytest.raises(ValueError, match="points, row 2, column gamma_student is '-2'; it must be a positive finite number"):
        w2s_python.limits(points={**points, "gamma_student": [1, -2]})


def _pair():
    random = np.random.default_rng(3)
    strong = random.standard_normal((240, 6))
    words = np.where(strong[:, 0] + 0.3 * random.standard_normal(240) > 0, "yes", "no")
    words[120:] = ""
    return words, strong[:, :3] + random.standard_normal((240, 3)), strong


def _ask(labels, weak, strong, **more):
    return w2s_python.data(
        labels=labels, weak_features=weak, strong_features=strong, n_teacher=40, repeats=1, seed=1,
        lambda_teacher=0.1, lambda_student=0.1, **more)


def test_labels_that_pandas_lacks_are_no_labels():
    pandas = pytest.importorskip("pandas")
    words, weak, strong = _pair()
    wanted = _ask(words, weak, strong)
    gone = pandas.Series(words).replace("", np.nan)
    for labels in (gone, gone.astype("category"), gone.astype("string"), [w or None for w in words]):
        told = _ask(labels, weak, strong)
        assert told.answer == wanted.answer and all(np.array_equal(told[c], wanted[c], equal_nan=told[c].dtype.kind == "f") for c in wanted)
    named = _ask(pandas.DataFrame({"id": np.arange(240), "label": gone}), weak, strong, label_column="label", id_column="id")
    assert named.answer == wanted.answer


def test_missing_numbers_are_nan_and_other_objects_are_refused():
    words, weak, strong = _pair()
    numbers = [float(w == "yes") if w else None for w in words]
    assert _ask(np.array(numbers, dtype=object), weak, strong).answer == _ask(np.array(numbers, dtype=float), weak, strong).answer
    with pytest.raises(ValueError, match="labels holds objects of Python that are not text"):
        _ask(np.array([{}] * 240, dtype=object), weak, strong)


def test_a_frame_without_names_is_a_matrix():
    pandas = pytest.importorskip("pandas")
    words, weak, strong = _pair()
    assert _ask(words, pandas.DataFrame(weak), pandas.DataFrame(strong)).answer == _ask(words, weak, strong).answer
