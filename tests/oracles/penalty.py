"""Two stages with a full penalty matrix in 120-digit arithmetic: the table penalty.csv that ScaleTests compares with.

Run with Debian's python3-mpmath:  /usr/bin/python3 tests/oracles/penalty.py

The covariance is D R D and the penalty E C E, with R and C correlations and D and E diagonals over eighteen decades (or over none).
Written with explicit inverses of a Sigma + l Omega, and with neither a root nor an eigenvalue.
"""
import csv
import os
from mpmath import mp, mpf, matrix, sqrt

mp.dps = 120
R = matrix([[1, .5, .25, -.25], [.5, 1, .5, .125], [.25, .5, 1, .375], [-.25, .125, .375, 1]])
C = matrix([[1, -.25, .5, .125], [-.25, 1, .375, -.5], [.5, .375, 1, .25], [.125, -.5, .25, 1]])
DECADES = [mpf(2) ** 30, mpf(1), mpf(2) ** -30, mpf(2) ** 13]  # exact in doubles
FLAT = [mpf(1)] * 4
REVERSED = [1 / x for x in DECADES]
CASES = {"units": (DECADES, DECADES), "plain": (DECADES, FLAT), "flat": (FLAT, DECADES), "against": (DECADES, REVERSED),
         "reversed": (FLAT, REVERSED)}
SIGNAL = [mpf(1), mpf(-1) / 2, mpf(2), mpf(1)]  # in units of the deviations


def scaled(inner, units):
    return matrix([[inner[i, j] * units[i] * units[j] for j in range(4)] for i in range(4)])


def trace(a):
    return sum(a[i, i] for i in range(a.rows))


def inverse(a):
    """In units in which the diagonal is one: an inverse pivots by size."""
    unit = [1 / sqrt(a[i, i]) for i in range(4)]
    return scaled(scaled(a, unit) ** -1, unit)


def solve_chi(sigma, omega, n, l):
    low, high = mpf(10) ** -60, mpf(10) ** 60
    for _ in range(360):
        chi = sqrt(low * high)
        if chi > trace(sigma * inverse(sigma / (1 + chi) + l * omega)) / n:
            high = chi
        else:
            low = chi
    return sqrt(low * high)


def train(sigma, omega, source, noise, target, n, tau2, l):
    """The mean and the transfers of unit noises of a stage on n rows with labels from a source; its excess error."""
    chi = solve_chi(sigma, omega, n, l)
    a = 1 / (1 + chi)
    g = inverse(a * sigma + l * omega)
    keep = a * g * sigma
    mean, seen = keep * source, [keep * t for t in noise]

    def power(v):
        return trace(v.T * sigma * v)

    share = a * a / n
    level = share * (tau2 + power(mean - source) + sum(power(s - t) for s, t in zip(seen, noise)))
    level /= 1 - share * trace(g * sigma * g * sigma)
    seen.append(sqrt(level) * g * root(sigma))
    return mean, seen, power(mean - target) + sum(power(t) for t in seen)


def root(sigma):
    unit = [sqrt(sigma[i, i]) for i in range(4)]
    low = mp.cholesky(scaled(sigma, [1 / u for u in unit]))
    return matrix([[low[i, j] * unit[i] for j in range(4)] for i in range(4)])


def rows():
    for name, (deviations, units) in CASES.items():
        sigma, omega = scaled(R, deviations), scaled(C, units)
        target = matrix([s / d for s, d in zip(SIGNAL, deviations)])
        for n, m in ((20, 30), (3, 9)):
            for l in (1e-12, 1e-3, 1.0, 1e6, 1e18):
                mean, noise, teacher = train(sigma, omega, target, [], target, n, mpf(1), mpf(l))
                _, _, student = train(sigma, omega, mean, noise, target, m, mpf(0), mpf(l))
                yield [name, n, m, repr(l), mp.nstr(teacher, 20), mp.nstr(student, 20)]


if __name__ == "__main__":
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "penalty.csv")
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["case", "teacher_rows", "student_rows", "ridge", "teacher", "student"])
        writer.writerows(rows())
