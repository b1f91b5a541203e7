#!/usr/bin/env python3
"""NumPy's eigen-decompositions of the two covariances of ViewsTime, of orders 500 and 2000: the peer of benchmarks/compare-views.

Answers each line of standard input with wall and processor seconds.
"""
import sys
import time

import numpy as np

LATENT, WEAK, STRONG = 2400, 500, 2000


def main():
    j = np.arange(LATENT)
    scale = np.sqrt(2 / LATENT) * (j + 1.0) ** -0.35
    a = np.cos(np.pi * np.outer(np.arange(WEAK) + 0.5, j + 0.5) / LATENT) * scale
    b = np.sin(np.pi * np.outer(np.arange(STRONG) + 1.0, j + 0.5) / LATENT) * scale
    weak, strong = a @ a.T + 0.02 * np.eye(WEAK), b @ b.T + 0.005 * np.eye(STRONG)
    for _ in sys.stdin:
        wall, used = time.perf_counter(), time.process_time()
        first, second = np.linalg.eigh(weak), np.linalg.eigh(strong)
        print(time.perf_counter() - wall, time.process_time() - used, first[0].sum() + second[0].sum(), flush=True)


if __name__ == "__main__":
    main()
