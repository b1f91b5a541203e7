#!/usr/bin/env python3
"""Limits of a chain of ridge regressions with NumPy and SciPy: the peer of ChainBenchmarks.

The same formulas as one would write them: Brent's method for kappa, vectorised sums over the spectrum, bounded minimisation with
a solve inside for the best ridge.

    python3 benchmarks/peers/chain_numpy.py [d = 1000000] [repeats = 3]

Prints one JSON line with the shortest times in seconds.
"""
import json
import sys
import time

import numpy as np
from scipy.optimize import brentq, minimize_scalar

ROWS = 400_000


def kappa(s, n, ridge):
    return brentq(lambda k: 1 - ridge / k - np.sum(s / (s + k)) / n, ridge, ridge + s.sum() / n, xtol=1e-300, rtol=4 * np.finfo(float).eps)


def stage(s, b, delta, v, n, ridge, noise):
    k = kappa(s, n, ridge)
    h, g = s / (s + k), k / (s + k)
    d = ridge / k + (k / n) * np.sum(s / (s + k) ** 2)
    f = (noise + np.sum(s * g**2 * ((b - delta) ** 2 + v))) / d
    delta = b * g + h * delta
    v = h**2 * v + f * s / (n * (s + k) ** 2)
    return delta, v, np.sum(s * (delta**2 + v))


def ten_generations(s, b, ridge):
    delta, v, error, noise = np.zeros_like(b), np.zeros_like(b), 0.0, 1.0
    for _ in range(10):
        delta, v, error = stage(s, b, delta, v, ROWS, ridge, noise)
        noise = 0.0
    return error


def best_ridge(s, b):
    zero = np.zeros_like(b)
    return minimize_scalar(
        lambda y: stage(s, b, zero, zero, ROWS, np.exp(y), 1.0)[2], bounds=(-18, 5), method="bounded", options={"xatol": 1e-6}).fun


def shortest(function, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        value = function()
        times.append(time.perf_counter() - start)
    return min(times), value


if __name__ == "__main__":
    d = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    s = 1 / np.arange(1, d + 1)
    b = np.arange(1, d + 1) ** -1.5
    b /= np.linalg.norm(b)
    result = {"d": d}
    result["kappa_s"], result["kappa"] = shortest(lambda: kappa(s, ROWS, 1e-6), repeats)
    result["best_ridge_s"], result["best_error"] = shortest(lambda: best_ridge(s, b), repeats)
    result["ten_generations_s"], result["tenth_error"] = shortest(lambda: ten_generations(s, b, 1e-6), repeats)
    print(json.dumps(result))
