"""Reads and writes the tables of `w2s limits --points` with NumPy, without computing anything: the least that a NumPy program would take.

    python3 benchmarks/peers/table_numpy.py FOLDER [ROWS]

makes FOLDER/points.csv (one million rows of eight columns, every number with all its digits), then reads it with numpy.loadtxt and writes
sixteen columns with numpy.savetxt. Ours, beside it:

    w2s limits --points FOLDER/points.csv --out FOLDER/limits.csv
"""
import os
import sys
import time

import numpy as np

NAMES = "gamma_teacher,gamma_student,lambda_teacher,lambda_student,noise_variance,signal_power,alignment,spike"


def make(path, rows):
    rng = np.random.default_rng(1)
    values = 10 ** rng.uniform(-1, 1, (rows, 8))
    values[:, 6] = rng.random(rows)
    with open(path, "w", encoding="ascii") as file:
        file.write(NAMES + "\n")
        for row in values.tolist():
            file.write(",".join(map(repr, row[:7])) + ",inf\n")


def main():
    folder = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    path = os.path.join(folder, "points.csv")
    make(path, rows)
    wall, cpu = time.perf_counter(), time.process_time()
    table = np.loadtxt(path, delimiter=",", skiprows=1)
    print(f"loadtxt: {time.perf_counter() - wall:.2f} s wall, {time.process_time() - cpu:.2f} s processor")
    both = np.hstack([table, table])
    wall, cpu = time.perf_counter(), time.process_time()
    np.savetxt(os.path.join(folder, "copy.csv"), both, delimiter=",", fmt="%.17g")
    print(f"savetxt: {time.perf_counter() - wall:.2f} s wall, {time.process_time() - cpu:.2f} s processor")


if __name__ == "__main__":
    main()
