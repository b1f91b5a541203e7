#!/usr/bin/env python3
"""Merely drawing the random numbers of one exact trial in NumPy: 4 d chi variates and d normals.

An exact trial with one pair of ridges at dimension d needs the two bands of two bidiagonal matrices and the noise. This draws them, and does
nothing with them: a floor for an exact simulation written in NumPy.

    python3 benchmarks/peers/numpy_draws.py [d = 1000000] [repeats = 5]

Prints one JSON line with the shortest time in seconds.
"""
import json
import sys
import time

import numpy as np


def main():
    d, repeats = (int(v) for v in (sys.argv[1:] + ["1000000", "5"][len(sys.argv) - 1:]))
    rng = np.random.default_rng(0)
    counting = np.arange(1, d + 1, dtype=float)
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        for degrees in (counting + d, counting, counting + d, counting):  # n = 2 d for teacher and student
            np.sqrt(rng.chisquare(degrees))
        rng.standard_normal(d)
        times.append(time.perf_counter() - start)
    print(json.dumps({"peer": "NumPy draws", "d": d, "seconds": min(times)}))


if __name__ == "__main__":
    main()
