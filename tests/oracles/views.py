#!/usr/bin/env python3
"""Writes views_limits.csv: limits of a teacher and its student on two views, in 120-bit arithmetic, from the matrix formulas.

The views are those of CosineViews in the tests. Nothing is diagonalised: kappa solves 1 - l/k = tr(S (S + k)^-1)/n by Newton's method on
traces of inverses, and means and second moments are matrices in the views' own coordinates, so that no step is shared with the library,
which works in white coordinates. Functions are mpmath's, matrices NumPy's with gmpy2's numbers (python3-mpmath, python3-gmpy2).

    tests/oracles/views.py       (a few minutes)
"""
import csv
import pathlib

import gmpy2
import mpmath
import numpy as np

gmpy2.get_context().precision = 120
mpmath.mp.dps = 40
D, WEAK, STRONG = 150, 60, 120
SETTINGS = [
    (120, 500, ".01", ".003"), (80, 100, ".003", ".02"), (300, 90, ".02", ".001"),
    (30, 40, ".1", ".1"), (2000, 5000, "1e-6", "1e-6"), (61, 121, ".5", "3"),
]


def number(x):
    return gmpy2.mpfr(mpmath.nstr(x, 40))


def inverse(a):
    """Gauss and Jordan; a is symmetric and positive definite, so that no pivoting is needed."""
    n = len(a)
    work = np.concatenate([a, identity(n)], axis=1)
    for i in range(n):
        work[i] = work[i] / work[i, i]
        factor = work[:, i].copy()
        factor[i] = gmpy2.mpfr(0)
        work -= np.multiply.outer(factor, work[i])
    return work[:, n:]


def identity(n):
    return np.array([[gmpy2.mpfr(int(i == j)) for j in range(n)] for i in range(n)], dtype=object)


def effective(s, n, ridge):
    """kappa and (S + kappa)^-1. l - k + (k/n) tr(S (S + k)^-1) is concave: Newton from the right goes there without passing it."""
    kappa = ridge + np.trace(s) / n
    for _ in range(60):
        g = inverse(s + kappa * identity(len(s)))
        h = g @ s
        miss = ridge - kappa + kappa * np.trace(h) / n
        step = miss / (1 - np.sum(h * h.T) / n)
        kappa += step
        if abs(step) < kappa * gmpy2.mpfr("1e-18"):  # squared by the step itself
            return kappa, inverse(s + kappa * identity(len(s)))
    raise ArithmeticError("kappa")


def stage(s, n, ridge, mean, second, noise):
    """Mean and second moment of the estimate learned from a source of this mean and second moment."""
    kappa, g = effective(s, n, gmpy2.mpfr(ridge))
    h = g @ s
    gsg = h @ g
    fresh = (noise + kappa ** 2 * np.sum(second * gsg)) / (1 - np.sum(h * h.T) / n)
    return h @ mean, h @ second @ h.T + gsg * (fresh / n)


def error(s, target, mean, second):
    return target @ s @ target - 2 * (target @ s @ mean) + np.sum(s * second)


def main():
    power = lambda exponent: np.array([number(mpmath.mpf(j) ** mpmath.mpf(exponent)) for j in range(1, D + 1)], dtype=object)
    variance, b = power("-.7"), power("-.8")
    half, scale = mpmath.mpf(1) / 2, mpmath.sqrt(mpmath.mpf(2) / D)
    a_w = np.array([[number(scale * mpmath.cos(mpmath.pi * (i + half) * (j + half) / D)) for j in range(D)] for i in range(WEAK)])
    a_s = np.array([[number(scale * mpmath.sin(mpmath.pi * (i + 1) * (j + half) / D)) for j in range(D)] for i in range(STRONG)])
    s_w = (a_w * variance) @ a_w.T + gmpy2.mpfr("0.02") * identity(WEAK)
    s_s = (a_s * variance) @ a_s.T + gmpy2.mpfr("0.005") * identity(STRONG)
    cross, c_w, c_s = (a_w * variance) @ a_s.T, a_w @ (variance * b), a_s @ (variance * b)
    total = gmpy2.mpfr("0.2") + np.sum(variance * b * b)
    b_w, back = inverse(s_w) @ c_w, inverse(s_s)
    b_s, seen = back @ c_s, back @ cross.T
    r_w, r_s = total - c_w @ b_w, total - c_s @ b_s
    unseen = s_w - cross @ seen
    with open(pathlib.Path(__file__).with_name("views_limits.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["n_teacher", "n_student", "lambda_teacher", "lambda_student", "weak_residual", "strong_residual",
                         "teacher_error", "student_error", "direct_error"])
        for n_t, n_s, l_t, l_s in SETTINGS:
            mean, second = stage(s_w, n_t, l_t, b_w, np.multiply.outer(b_w, b_w), r_w)
            teacher = r_w + error(s_w, b_w, mean, second)
            m, c = stage(s_s, n_s, l_s, seen @ mean, seen @ second @ seen.T, np.sum(unseen * second))
            student = r_s + error(s_s, b_s, m, c)
            m, c = stage(s_s, n_t, l_s, b_s, np.multiply.outer(b_s, b_s), r_s)
            direct = r_s + error(s_s, b_s, m, c)
            writer.writerow([n_t, n_s, l_t, l_s, *(f"{x:.25g}" for x in (r_w, r_s, teacher, student, direct))])
            file.flush()


if __name__ == "__main__":
    main()
