#!/usr/bin/env python3
"""Weak-to-strong ridge regression, simulated straight from its definition in plain NumPy.

Writes simulation_oracle.csv: for each experiment and pair of ridges the mean, variance and covariance of the two excess errors,
each with its standard error. Nothing here is shared with the library: design matrices are drawn, labels made, and the normal
equations (X'X/n + lambda Gamma^-1) b = X'y/n of Setting 1 and 2 solved with numpy.linalg.solve.

    python3 simulation_oracle.py > simulation_oracle.csv      (about three minutes)
"""
import sys

import numpy as np

# d, n_teacher, n_student, noise variance, signal power, alignment, spike (None: the plain student), law of beta*, trials
EXPERIMENTS = [
    (6, 12, 18, 0.5, 2.0, 0.0, None, "gaussian", 200_000),
    (6, 12, 4, 0.5, 2.0, 0.0, None, "fixed", 200_000),
    (6, 3, 6, 0.5, 2.0, 0.0, None, "gaussian", 200_000),
    (6, 6, 9, 1.5, 1.0, 0.7, 6.0, "gaussian", 200_000),
    (6, 4, 4, 1.5, 1.0, 0.7, 6.0, "fixed", 200_000),
    (6, 12, 5, 1.5, 1.0, 1.0, 2.0, "gaussian", 200_000),
    (60, 120, 90, 1.0, 1.0, 0.0, None, "gaussian", 10_000),
    (60, 90, 40, 1.0, 1.0, 0.0, None, "fixed", 10_000),
    (60, 40, 90, 1.0, 1.0, 0.8, 60.0, "gaussian", 10_000),
    (60, 120, 40, 1.0, 1.0, 0.8, 60.0, "fixed", 10_000),
    (5, 1, 10, 1.0, 1.0, 0.0, None, "gaussian", 100_000),
    (5, 10, 1, 0.5, 1.0, 0.0, None, "fixed", 100_000),
    (8, 8, 8, 1.0, 1.0, 0.0, None, "gaussian", 100_000),
    (6, 7, 5, 0.0, 1.0, 0.0, None, "gaussian", 100_000),
    (1, 2, 3, 0.5, 1.0, 0.0, None, "gaussian", 100_000),
    (5, 8, 10, 1.0, 1.0, 0.0, 5.0, "gaussian", 100_000),
    (5, 4, 3, 1.0, 1.0, 0.0, 50.0, "fixed", 100_000),
    (5, 2, 2, 0.5, 1.0, 0.6, 3.0, "gaussian", 100_000),
    (8, 9, 7, 1.0, 1.0, 0.5, 8.0, "gaussian", 100_000),
    (20, 21, 19, 1.0, 1.0, 0.9, 20.0, "fixed", 20_000),
]
TEACHER_RIDGES = (0.05, 0.8)
STUDENT_RIDGES = (0.02, 0.5)
BATCH = 500


def trials(rng, d, nt, ns, s2, a2, zeta, spike, law, count):
    """Excess errors of `count` trials: teacher (count, 2), student (count, 2, 2)."""
    truth = rng.standard_normal((count, d))
    unit = truth / np.linalg.norm(truth, axis=1, keepdims=True)
    truth = np.sqrt(a2) * (truth / np.sqrt(d) if law == "gaussian" else unit)

    inverse_gamma = np.broadcast_to(np.eye(d), (count, d, d))
    if spike is not None:
        other = rng.standard_normal((count, d))
        other -= unit * np.sum(unit * other, axis=1, keepdims=True)
        other /= np.linalg.norm(other, axis=1, keepdims=True)
        h = zeta * unit + np.sqrt(1 - zeta**2) * other
        gamma = np.eye(d) + spike * h[:, :, None] * h[:, None, :]
        inverse_gamma = np.linalg.inv(gamma)

    def fit(x, y, ridge, inverse):
        n = x.shape[1]
        left = np.swapaxes(x, 1, 2) @ x / n + ridge * inverse
        right = np.swapaxes(x, 1, 2) @ y[:, :, None] / n
        return np.linalg.solve(left, right)[:, :, 0]

    x = rng.standard_normal((count, nt, d))
    y = np.einsum("cnd,cd->cn", x, truth) + np.sqrt(s2) * rng.standard_normal((count, nt))
    x2 = rng.standard_normal((count, ns, d))
    teacher_errors = np.empty((count, len(TEACHER_RIDGES)))
    student_errors = np.empty((count, len(TEACHER_RIDGES), len(STUDENT_RIDGES)))
    for i, lt in enumerate(TEACHER_RIDGES):
        teacher = fit(x, y, lt, np.broadcast_to(np.eye(d), (count, d, d)))
        teacher_errors[:, i] = np.sum((teacher - truth) ** 2, axis=1)
        labels = np.einsum("cnd,cd->cn", x2, teacher)
        for j, ls in enumerate(STUDENT_RIDGES):
            student = fit(x2, labels, ls, inverse_gamma)
            student_errors[:, i, j] = np.sum((student - truth) ** 2, axis=1)
    return teacher_errors, student_errors


def summary(a, b):
    """Means, variances and covariance of two samples, each followed by its standard error."""
    n = len(a)
    ac, bc = a - a.mean(), b - b.mean()
    products = (ac * ac, bc * bc, ac * bc)
    values = [a.mean(), np.sqrt(a.var(ddof=1) / n), b.mean(), np.sqrt(b.var(ddof=1) / n)]
    for p in products:
        values += [p.sum() / (n - 1), np.sqrt(p.var(ddof=1) / n)]
    return values


def main():
    print("d,n_teacher,n_student,noise_variance,signal_power,alignment,spike,signal,trials,lambda_teacher,lambda_student,"
          "teacher_mean,teacher_mean_se,student_mean,student_mean_se,teacher_variance,teacher_variance_se,"
          "student_variance,student_variance_se,covariance,covariance_se")
    for number, experiment in enumerate(EXPERIMENTS):
        rng = np.random.default_rng([20250524, number])
        *parameters, total = experiment
        parts = [trials(rng, *parameters, BATCH) for _ in range(total // BATCH)]
        teacher = np.concatenate([p[0] for p in parts])
        student = np.concatenate([p[1] for p in parts])
        for i, lt in enumerate(TEACHER_RIDGES):
            for j, ls in enumerate(STUDENT_RIDGES):
                row = [*experiment, lt, ls, *summary(teacher[:, i], student[:, i, j])]
                print(",".join("none" if v is None else repr(float(v)) if isinstance(v, float) else str(v) for v in row))
        print(f"experiment {number + 1} of {len(EXPERIMENTS)}", file=sys.stderr)


if __name__ == "__main__":
    main()
