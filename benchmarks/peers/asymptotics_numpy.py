"""The limits of the linear theory in vectorised NumPy: the peer of AsymptoticsBenchmarks.

The same five-number forms, written as a NumPy user would write them: whole arrays, one operation at a time.

    /usr/bin/python3 benchmarks/peers/asymptotics_numpy.py        prints nanoseconds a point
"""
import time

import numpy as np


def resolvent(g, l):
    b = 1 - g + l
    s = np.hypot(b, 2 * np.sqrt(g) * np.sqrt(l))
    p = 2 / ((1 + g + l) + s)
    q = np.where(b >= 0, 2 * l / (b + s), (s - b) / (2 * g))
    r = (l + g * q) / s
    return s, p, q, r


def student_errors(gt, gs, s2, lt, ls):
    """L_s on the grid lt x ls (Theorem 4)."""
    st, pt, qt, _ = (x[:, None] for x in resolvent(gt, lt))
    ss, ps, qs, _ = (x[None, :] for x in resolvent(gs, ls))
    et = (qt**2 / pt + s2 * gt * pt) / st
    n = gt * pt**2 * (s2 + et)
    return s2 + (qs + ps * qt) ** 2 + ps**2 * n + (gs * ps * qs**2 / ss) * (pt**2 + n)


def gaps(gt, gs, s2, lt, ls):
    """L_s - L_t on the grid lt x ls."""
    st, pt, qt, _ = (x[:, None] for x in resolvent(gt, lt))
    _, _, qs, rs = (x[None, :] for x in resolvent(gs, ls))
    kappa = (s2 * gt - lt[:, None]) / st
    return pt * qs * (rs - kappa * (2 - rs))


def best_of(f, repeats=15):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        f()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    n = 1_000_000
    g, l = 10 ** rng.uniform(-2, 2, n), 10 ** rng.uniform(-6, 6, n)
    grid = np.geomspace(0.01, 10, 1000)
    with np.errstate(divide="ignore", invalid="ignore"):
        print(f"resolvent, 1e6 points: {best_of(lambda: resolvent(g, l)) * 1e3:.2f} ns a point")
        print(f"student errors, 1000 x 1000: {best_of(lambda: student_errors(0.25, 1.2, 1.0, grid, grid)) * 1e3:.2f} ns a cell")
        print(f"gaps, 1000 x 1000: {best_of(lambda: gaps(0.25, 1.2, 1.0, grid, grid)) * 1e3:.2f} ns a cell")
        small = np.geomspace(0.01, 10, 64)
        seconds = best_of(lambda: student_errors(0.25, 1.2, 1.0, small, small), 200)
        print(f"student errors, 64 x 64, prepared each time: {seconds * 1e6:.1f} us a surface")
