"""Dense linear algebra with NumPy and SciPy: the peer of LinearAlgebraBenchmarks.

Prints, for each operation and size, the best time in milliseconds. Run it with the threads that the C# side has
(OPENBLAS_NUM_THREADS); sizes may be given as arguments.
"""

import sys
import time

import numpy as np
from scipy import linalg


def best(work, repeats):
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1e3 * min(times)


def main():
    rng = np.random.default_rng(1)
    print("operation,n,milliseconds")
    for n in [int(x) for x in sys.argv[1:]] or [500, 1000, 2000]:
        a, b = rng.random((n, n)) - 0.5, rng.random((n, n)) - 0.5
        single_a, single_b = a.astype(np.float32), b.astype(np.float32)
        tall = rng.random((4 * n, n)) - 0.5
        positive = tall.T @ tall / len(tall)
        sides = rng.random((n, 64)) - 0.5
        repeats = 7 if n <= 1000 else 3
        for name, work in [
            ("Product", lambda: a @ b),
            ("ProductSingle", lambda: single_a @ single_b),
            ("Gram", lambda: tall.T @ tall),
            ("Cholesky", lambda: np.linalg.cholesky(positive)),
            ("Solve64", lambda: linalg.cho_solve(linalg.cho_factor(positive, lower=True), sides)),
            ("SymmetricEigen", lambda: np.linalg.eigh(positive)),
            ("Tridiagonalise", lambda: linalg.lapack.dsytrd(positive, lower=1)),
        ]:
            print(f"{name},{n},{best(work, repeats):.2f}", flush=True)


main()
