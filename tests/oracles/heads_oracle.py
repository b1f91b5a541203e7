#!/usr/bin/env python3
"""Logistic regressions by scikit-learn: heads_data.csv (rows) and heads_logistic.csv (probabilities) beside this script.

LogisticRegression(C) minimises C sum w loss + |b|^2/2; ours is (1/n) sum w loss + (lambda/2)|b|^2, so C = 1/(n lambda). scikit-learn takes
hard labels only: a row with soft targets is given once a class, weighted by its probability. Run with Debian's python3-sklearn (1.2.1
made the checked-in tables): /usr/bin/python3 heads_oracle.py
"""
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
LAMBDAS = [1e-4, 0.01, 0.3]
SHOWN = 6


def fit(x, classes, weights, lam, count):
    """Probabilities of the fit on rows (x, classes, weights), of which there are count examples."""
    model = LogisticRegression(
        C=1 / (count * lam), solver="newton-cg", tol=1e-9, max_iter=2_000, multi_class="multinomial" if len(set(classes)) > 2 else "auto")
    return model.fit(x, classes, sample_weight=weights)


def main():
    random = np.random.default_rng(12)
    rows, results = [], []

    def case(name, x, targets, weights):
        n, k = targets.shape
        for i in range(n):
            rows.append([name, *(f"{v!r}" for v in [float(weights[i]), *map(float, targets[i]), *map(float, x[i])])])
        stacked = np.repeat(x, k, axis=0)
        labels = np.tile(np.arange(k), n)
        shares = (targets * weights[:, None]).ravel()
        used = shares > 0
        for lam in LAMBDAS:
            model = fit(stacked[used], labels[used], shares[used], lam, n)
            for i, p in enumerate(model.predict_proba(x[:SHOWN])):
                results.append([name, repr(lam), str(i), *(repr(float(v)) for v in p)])

    def one_hot(classes, k):
        return np.eye(k)[classes]

    x = np.round(random.normal(size=(60, 4)) * [1, 10, 0.1, 1] + [0, 5, 0, -2], 4)
    y = (x[:, 0] + 0.1 * x[:, 1] + random.normal(size=60) > 0.5).astype(int)
    ones = np.ones(60)
    case("two", x, one_hot(y, 2), ones)
    case("weighted", x, one_hot(y, 2), np.round(random.uniform(0.2, 5, size=60), 3))
    case("separable", x, one_hot((x[:, 0] > 0).astype(int), 2), ones)
    soft = np.round(1 / (1 + np.exp(-x[:, 0])), 4)
    case("soft", x, np.column_stack([1 - soft, soft]), ones)
    wide = np.round(random.normal(size=(24, 40)) + 1, 4)
    case("wide", wide, one_hot(random.integers(0, 3, size=24), 3), np.ones(24))
    many = np.round(random.normal(size=(90, 5)), 4)
    scores = many @ random.normal(size=(5, 4))
    case("four", many, one_hot((scores + random.gumbel(size=scores.shape)).argmax(1), 4), np.ones(90))
    p = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    p = np.round(p, 3)
    p[:, 0] = np.round(1 - p[:, 1:].sum(1), 3)
    case("soft-four", many, p, np.ones(90))

    width = max(len(row) for row in rows)
    header = ["case", "weight", *(f"v{i}" for i in range(1, width - 1))]
    write("heads_data", header, [row + [""] * (width - len(row)) for row in rows])
    write("heads_logistic", ["case", "lambda", "row", "p0", "p1", "p2", "p3"], [row + [""] * (7 - len(row)) for row in results])


def write(name, header, table):
    (HERE / f"{name}.csv").write_text("\n".join(",".join(row) for row in [header, *table]) + "\n")


if __name__ == "__main__":
    main()
