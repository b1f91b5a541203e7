#!/usr/bin/env python3
"""Merely drawing 4 d chi variates and d normals in NumPy.

They are the two bands of two bidiagonal matrices and the noise: what a trial with one pair of ridges at dimension d needs that goes
through all d rows. This draws them, and does nothing with them: a floor for such a simulation written in NumPy.

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
    times, processor = [], []
    for _ in range(repeats):
        start, begin = time.perf_counter(), time.process_time()
        for degrees in (counting + d, counting, counting + d, counting):  # n = 2 d for teacher and student
            np.sqrt(rng.chisquare(degrees))
        rng.standard_normal(d)
        times.append(time.perf_counter() - start)
        processor.append(time.process_time() - begin)
    print(json.dumps({"peer": "NumPy draws", "d": d, "seconds": min(times), "processor_seconds": min(processor)}))


if __name__ == "__main__":
    main()
