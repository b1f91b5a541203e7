#!/usr/bin/env python3
"""scikit-learn's side of `w2s data`.

    data_sklearn.py ridge [--rows 20000] [--features 1600] [--test 10000] [--lambdas 64]
        the time of RidgeCV over the grid, ten classes, and of predicting test rows at every ridge
    data_sklearn.py files LABELS WEAK STRONG SPLIT --lambda-teacher X --lambda-student A,B,C [--hard] [--regression]
        teacher, student and ceiling on user files (CSV with header), as CSV like `w2s data --format csv`
"""
import argparse
import time

import numpy as np
from sklearn.linear_model import Ridge, RidgeCV


def time_ridge(args):
    random = np.random.default_rng(0)
    x = random.standard_normal((args.rows, args.features))
    test = random.standard_normal((args.test, args.features))
    classes = random.integers(10, size=args.rows)
    y = np.eye(10)[classes]
    alphas = args.rows * np.geomspace(1e-4, 1e2, args.lambdas)
    start = time.perf_counter()
    model = RidgeCV(alphas=alphas).fit(x, y)
    fitted = time.perf_counter()
    model.predict(test)
    predicted = time.perf_counter()
    print(f"RidgeCV, {args.rows} x {args.features}, {args.lambdas} ridges: fit {fitted - start:.2f} s, predict {predicted - fitted:.3f} s")


def read(path):
    return np.genfromtxt(path, delimiter=",", skip_header=1, dtype=None, encoding="utf8")


def files(args):
    labels, split = read(args.labels), read(args.split)
    weak, strong = (np.atleast_2d(read(path)) for path in (args.weak, args.strong))
    classes, index = np.unique(labels, return_inverse=True)
    targets = labels[:, None].astype(float) if args.regression else np.eye(len(classes))[index]
    teacher, student, test = (split == word for word in ("teacher", "student", "test"))
    grid = np.array([float(text) for text in args.lambda_student.split(",")])

    def judge(scores):
        scores = scores.reshape(test.sum(), -1)
        error = ((scores - targets[test]) ** 2).sum(1).mean()
        return error, (scores.argmax(1) == index[test]).mean()

    ceiling = judge(RidgeCV(alphas=student.sum() * grid).fit(strong[student], targets[student]).predict(strong[test]))
    model = Ridge(alpha=teacher.sum() * args.lambda_teacher).fit(weak[teacher], targets[teacher])
    floor, taught = judge(model.predict(weak[test])), model.predict(weak[student]).reshape(student.sum(), -1)
    if args.hard:
        taught = np.eye(targets.shape[1])[taught.argmax(1)]
    print("lambda_teacher,lambda_student,teacher_error,student_error,ceiling_error,teacher_accuracy,student_accuracy,ceiling_accuracy")
    for value in grid:
        result = judge(Ridge(alpha=student.sum() * value).fit(strong[student], taught).predict(strong[test]))
        row = (args.lambda_teacher, value, floor[0], result[0], ceiling[0], floor[1], result[1], ceiling[1])
        print(",".join(repr(float(v)) for v in row))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    ridge = commands.add_parser("ridge")
    for name, value in (("rows", 20000), ("features", 1600), ("test", 10000), ("lambdas", 64)):
        ridge.add_argument(f"--{name}", type=int, default=value)
    ridge.set_defaults(run=time_ridge)
    user = commands.add_parser("files")
    for name in ("labels", "weak", "strong", "split"):
        user.add_argument(name)
    user.add_argument("--lambda-teacher", type=float, required=True)
    user.add_argument("--lambda-student", required=True)
    user.add_argument("--hard", action="store_true")
    user.add_argument("--regression", action="store_true")
    user.set_defaults(run=files)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
