"""Dense linear algebra with NumPy and SciPy: the peer of LinearAlgebraBenchmarks; side by side: benchmarks/compare-linear-algebra.

Prints, for each operation and size, the mean processor time in milliseconds, which does not depend on what else the machine does. Meant
for one thread (OPENBLAS_NUM_THREADS=1). Sizes may be given as arguments.
"""

import sys
import time

import numpy as np
from scipy import linalg


def mean(work, seconds=0.4):
    for _ in range(3):
        work()
    repeats, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        work()
        repeats += 1
    return 1e3 * (time.process_time() - start) / repeats


def main():
    rng = np.random.default_rng(1)
    print("operation,n,milliseconds")
    for n in [int(x) for x in sys.argv[1:]] or [500, 1000]:
        a, b = rng.random((n, n)) - 0.5, rng.random((n, n)) - 0.5
        single_a, single_b = a.astype(np.float32), b.astype(np.float32)
        tall = rng.random((4 * n, n)) - 0.5
        positive = tall.T @ tall / len(tall)
        sides = rng.random((n, 64)) - 0.5
        for name, work in [
            ("Product", lambda: a @ b),
            ("ProductSingle", lambda: single_a @ single_b),
            ("Gram", lambda: tall.T @ tall),
            ("Cholesky", lambda: np.linalg.cholesky(positive)),
            ("Solve64", lambda: linalg.cho_solve(linalg.cho_factor(positive, lower=True), sides)),
            ("SymmetricEigen", lambda: np.linalg.eigh(positive)),
            ("Tridiagonalise", lambda: linalg.lapack.dsytrd(positive, lower=1)),
        ]:
            print(f"{name},{n},{mean(work):.2f}", flush=True)


main()
