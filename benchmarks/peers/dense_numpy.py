#!/usr/bin/env python3
"""Figure 1's experiment in dense NumPy, as one would write it for a whole grid of ridges.

A trial draws both design matrices, takes one eigendecomposition of each Gram matrix and evaluates the 64 x 64 grid by matrix
products: the peer of `w2s simulate --engine exact` and `--engine dense`.

    python3 benchmarks/peers/dense_numpy.py [--trials 20] [--d 500] [--n-teacher 2000] [--n-student 2000] [--ridges 64]

Prints one JSON line: seconds a trial (the shortest, the mean, the shortest in processor time of all threads) and
the mean gap at both ends of the diagonal.
"""
import argparse
import json
import time

import numpy as np


def trial(rng, d, n_teacher, n_student, noise, ridges):
    truth = rng.standard_normal(d) / np.sqrt(d)
    x = rng.standard_normal((n_teacher, d))
    y = x @ truth + noise * rng.standard_normal(n_teacher)
    values, vectors = np.linalg.eigh(x.T @ x / n_teacher)
    rotated = vectors.T @ (x.T @ y / n_teacher)
    teachers = vectors @ (rotated[:, None] / (values[:, None] + ridges))  # d x T
    teacher_errors = np.sum((teachers - truth[:, None]) ** 2, axis=0)

    x = rng.standard_normal((n_student, d))
    values, vectors = np.linalg.eigh(x.T @ x / n_student)
    values = np.maximum(values, 0)
    kept = values[:, None] / (values[:, None] + ridges)  # d x S
    teachers, truth = vectors.T @ teachers, vectors.T @ truth
    student_errors = truth @ truth - 2 * (teachers * truth[:, None]).T @ kept + (teachers**2).T @ kept**2
    return student_errors - teacher_errors[:, None]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--d", type=int, default=500)
    parser.add_argument("--n-teacher", type=int, default=2000)
    parser.add_argument("--n-student", type=int, default=2000)
    parser.add_argument("--ridges", type=int, default=64)
    a = parser.parse_args()
    rng, ridges = np.random.default_rng(0), np.geomspace(0.01, 10, a.ridges)
    times, processor, gaps = [], [], []
    for number in range(a.trials + 1):
        start, begin = time.perf_counter(), time.process_time()
        gap = trial(rng, a.d, a.n_teacher, a.n_student, 1.0, ridges)
        if number > 0:  # the first warms up
            times.append(time.perf_counter() - start)
            processor.append(time.process_time() - begin)
            gaps.append(gap)
    mean = np.mean(gaps, axis=0)
    print(json.dumps({"peer": "dense NumPy", "seconds": min(times), "mean_seconds": float(np.mean(times)),
                      "processor_seconds": min(processor), "gap_first": mean[0, 0], "gap_last": mean[-1, -1]}))


if __name__ == "__main__":
    main()
