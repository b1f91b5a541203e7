#!/usr/bin/env python3
"""Figure 1's experiment with scikit-learn: one Ridge fit for each teacher ridge and for each cell of the grid.

The way most scripts do it. A trial at full size takes minutes, so a few cells are timed and multiplied up; the fits share nothing.

    python3 benchmarks/peers/sklearn_ridge.py [--d 500] [--n-teacher 2000] [--n-student 2000] [--ridges 64] [--timed 8]

Prints one JSON line with the seconds of a whole trial. scikit-learn's alpha is n times the paper's lambda.
"""
import argparse
import json
import time

import numpy as np
from sklearn.linear_model import Ridge


def clocks():
    """Wall time and processor time of all threads."""
    return np.array([time.perf_counter(), time.process_time()])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--d", type=int, default=500)
    parser.add_argument("--n-teacher", type=int, default=2000)
    parser.add_argument("--n-student", type=int, default=2000)
    parser.add_argument("--ridges", type=int, default=64)
    parser.add_argument("--timed", type=int, default=8)
    a = parser.parse_args()
    rng, ridges = np.random.default_rng(0), np.geomspace(0.01, 10, a.ridges)

    start = clocks()
    truth = rng.standard_normal(a.d) / np.sqrt(a.d)
    x = rng.standard_normal((a.n_teacher, a.d))
    y = x @ truth + rng.standard_normal(a.n_teacher)
    x2 = rng.standard_normal((a.n_student, a.d))
    draw = clocks() - start

    def fit(design, labels, ridge):
        begin = clocks()
        coefficients = Ridge(alpha=len(design) * ridge, fit_intercept=False).fit(design, labels).coef_
        return coefficients, clocks() - begin

    teacher, _ = fit(x, y, ridges[0])  # the first warms up
    teacher_time = np.mean([fit(x, y, ridge)[1] for ridge in ridges[:: max(1, a.ridges // a.timed)]], axis=0)
    student_time = np.mean([fit(x2, x2 @ teacher, ridge)[1] for ridge in ridges[:: max(1, a.ridges // a.timed)]], axis=0)
    seconds, processor = draw + a.ridges * teacher_time + a.ridges**2 * student_time
    print(json.dumps({
        "peer": "scikit-learn Ridge per cell", "seconds": float(seconds), "processor_seconds": float(processor),
        "seconds_per_fit": float(student_time[0])}))


if __name__ == "__main__":
    main()
