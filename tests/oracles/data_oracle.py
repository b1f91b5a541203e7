#!/usr/bin/env python3
"""Small user files for `w2s data`, and what scikit-learn makes of them: data_*.csv beside this script.

Ridge(alpha = n lambda, solver="svd") is our ridge with penalty lambda: scikit-learn's objective is the sum of squares, ours its
mean. The ceiling is RidgeCV, which chooses alpha by leave-one-out. Run with Debian's python3-sklearn (1.2.1 made the checked-in
tables): /usr/bin/python3 data_oracle.py
"""
from pathlib import Path

import numpy as np
from sklearn.linear_model import Ridge, RidgeCV

HERE = Path(__file__).parent
ROWS, TEACHER, STUDENT = 150, 40, 60
LAMBDA_TEACHER = [0.05, 0.5]
LAMBDA_STUDENT = [0.001, 0.01, 0.1, 1.0, 10.0]


def write(name, header, rows):
    text = [",".join(header)] + [",".join(value if isinstance(value, str) else repr(float(value)) for value in row) for row in rows]
    (HERE / f"data_{name}.csv").write_text("\n".join(text) + "\n")


def make():
    random = np.random.default_rng(5)
    hidden = random.normal(size=(ROWS, 6))
    weak = hidden[:, :3] + 0.3 * random.normal(size=(ROWS, 3)) + [10, 0, -3]
    strong = hidden @ random.normal(size=(6, 8)) + 0.05 * random.normal(size=(ROWS, 8)) + 2
    wide = np.tanh(hidden @ random.normal(size=(6, 80))) + 1
    real = hidden @ [1.0, -1.0, 0.5, 1.0, 0.3, 0.2] + 0.3 * random.normal(size=ROWS) + 4
    classes = np.argmax(hidden[:, :4] + 0.4 * random.normal(size=(ROWS, 4)), axis=1)
    order = random.permutation(ROWS)
    split = np.full(ROWS, "test", dtype=object)
    split[order[:TEACHER]] = "teacher"
    split[order[TEACHER:TEACHER + STUDENT]] = "student"
    rounded = [np.round(x, 6) for x in (weak, strong, wide, real)]
    return (*rounded, classes, split)


def evaluate(truth, scores, targets):
    error = np.mean(np.sum((scores - targets) ** 2, axis=1))
    accuracy = np.mean(scores.argmax(1) == truth) if targets.shape[1] > 1 else np.nan
    return error, accuracy


def case(name, weak, strong, truth, targets, split, hard):
    teacher, student, test = (split == word for word in ("teacher", "student", "test"))
    n_t, n_s = teacher.sum(), student.sum()
    ceiling = RidgeCV(alphas=n_s * np.array(LAMBDA_STUDENT)).fit(strong[student], targets[student])
    top = evaluate(truth[test], ceiling.predict(strong[test]).reshape(test.sum(), -1), targets[test])
    for lambda_t in LAMBDA_TEACHER:
        model = Ridge(alpha=n_t * lambda_t, solver="svd").fit(weak[teacher], targets[teacher])
        floor = evaluate(truth[test], model.predict(weak[test]).reshape(test.sum(), -1), targets[test])
        labels = model.predict(weak[student]).reshape(n_s, -1)
        if hard:
            labels = np.eye(targets.shape[1])[labels.argmax(1)]
        for lambda_s in LAMBDA_STUDENT:
            pupil = Ridge(alpha=n_s * lambda_s, solver="svd").fit(strong[student], labels)
            result = evaluate(truth[test], pupil.predict(strong[test]).reshape(test.sum(), -1), targets[test])
            gains = (result[1] - floor[1], top[1] - floor[1]) if targets.shape[1] > 1 else (floor[0] - result[0], floor[0] - top[0])
            yield [name, lambda_t, lambda_s, floor[0], result[0], top[0], floor[1], result[1], top[1], gains[0] / gains[1],
                   ceiling.alpha_ / n_s]


def main():
    weak, strong, wide, real, classes, split = make()
    write("weak", ["w1", "w2", "w3"], weak)
    write("strong", [f"s{j}" for j in range(strong.shape[1])], strong)
    write("wide", [f"f{j}" for j in range(wide.shape[1])], wide)
    write("real_labels", ["y"], real[:, None])
    write("class_labels", ["label"], [[str(label)] for label in classes])
    write("split", ["split"], [[word] for word in split])
    one_hot = np.eye(classes.max() + 1)[classes]
    rows = []
    for kind, features in (("tall", strong), ("wide", wide)):
        rows += case(f"regression-{kind}", weak, features, real, real[:, None], split, hard=False)
        rows += case(f"soft-{kind}", weak, features, classes, one_hot, split, hard=False)
        rows += case(f"hard-{kind}", weak, features, classes, one_hot, split, hard=True)
    write("sklearn", ["case", "lambda_teacher", "lambda_student", "teacher_error", "student_error", "ceiling_error", "teacher_accuracy",
                      "student_accuracy", "ceiling_accuracy", "pgr", "ceiling_lambda"], rows)


if __name__ == "__main__":
    main()
