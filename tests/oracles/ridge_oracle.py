"""Ridge regressions in high precision, for designs that squaring in doubles spoils: columns of mixed scale, nearly dependent
columns, large offsets.

Every number is evaluated from the normal equations of the definition, argmin (1/n) sum (y - b0 - x'b)^2 + lambda |b|^2, with 60 digits to
spare; leave-one-out errors by refitting without each row (penalty n lambda kept). Ridge 0 is the limit: lambda = 1e-400 in 1000 digits.

    /usr/bin/python3 tests/oracles/ridge_oracle.py        rewrites tests/oracles/ridge_oracle.json (about two minutes)
"""
import json
import pathlib
import random

import mpmath as mp
from mpmath import mpf

HERE = pathlib.Path(__file__).parent


def fit(x, y, penalty):
    """Coefficients and intercept for sum of squares + penalty |b|^2, from whichever normal equations are smaller."""
    n, p = len(x), len(x[0])
    mx = [mp.fsum(x[i][j] for i in range(n)) / n for j in range(p)]
    my = mp.fsum(y) / n
    c = [[x[i][j] - mx[j] for j in range(p)] for i in range(n)]
    r = [v - my for v in y]
    if p <= n:
        a = mp.matrix(p, p)
        for j in range(p):
            for k in range(j + 1):
                a[j, k] = a[k, j] = mp.fsum(c[i][j] * c[i][k] for i in range(n)) + (penalty if j == k else 0)
        b = mp.lu_solve(a, mp.matrix([mp.fsum(c[i][j] * r[i] for i in range(n)) for j in range(p)]))
        b = [b[j] for j in range(p)]
    else:
        a = mp.matrix(n, n)
        for i in range(n):
            for k in range(i + 1):
                a[i, k] = a[k, i] = mp.fsum(c[i][j] * c[k][j] for j in range(p)) + (penalty if i == k else 0)
        u = mp.lu_solve(a, mp.matrix(r))
        b = [mp.fsum(c[i][j] * u[i] for i in range(n)) for j in range(p)]
    return b, my - mp.fsum(m * v for m, v in zip(mx, b))


def leave_one_out(x, y, penalty):
    total = mpf(0)
    for left in range(len(x)):
        b, b0 = fit(x[:left] + x[left + 1:], y[:left] + y[left + 1:], penalty)
        total += (y[left] - b0 - mp.fsum(v * w for v, w in zip(x[left], b))) ** 2
    return total / len(x)


def case(name, x, y, ridges):
    x, y = [[float(v) for v in row] for row in x], [float(v) for v in y]
    out = {"name": name, "x": x, "y": y, "ridge": ridges, "coefficients": [], "intercept": [], "leave_one_out": []}
    for ridge in ridges:
        mp.mp.dps = 1000 if ridge == 0 else 160
        ex, ey = [[mpf(v) for v in row] for row in x], [mpf(v) for v in y]
        penalty = len(x) * (mpf(10) ** -400 if ridge == 0 else mpf(ridge))
        b, b0 = fit(ex, ey, penalty)
        out["coefficients"].append([mp.nstr(v, 25) for v in b])
        out["intercept"].append(mp.nstr(b0, 25))
        out["leave_one_out"].append(mp.nstr(leave_one_out(ex, ey, penalty), 25))
    return out


def gaussian(rng, n, p):
    return [[rng.gauss(0, 1) for _ in range(p)] for _ in range(n)]


def labels(rng, x, scales):
    """Every column carries signal, whatever its scale."""
    w = [rng.gauss(0, 1) for _ in scales]
    return [sum(v * a / s for v, a, s in zip(row, w, scales)) + rng.gauss(0, 0.5) for row in x]


def main():
    rng = random.Random(20)
    cases = []
    for n, p, kind in ((24, 6, "spread"), (24, 6, "two"), (20, 9, "spread"), (12, 10, "spread"), (12, 11, "two"), (10, 10, "spread"),
                       (9, 14, "spread"), (9, 16, "two"), (8, 30, "one")):
        spread = [10 ** rng.uniform(-9, 9) for _ in range(p)]
        scales = {"spread": spread, "two": [1e9 if j % 3 == 0 else 1e-9 for j in range(p)], "one": [1.0] * p}[kind]
        x = [[v * s for v, s in zip(row, scales)] for row in gaussian(rng, n, p)]
        cases.append(case(f"{kind} scales, {n} x {p}", x, labels(rng, x, scales), [0.0, 1e-30, 1e-18, 1e-9, 1e-3, 1.0, 1e6, 1e15]))
    years = [1950 + 3 * i for i in range(24)]
    x = [[t, t**2, t**3, rng.gauss(0, 1)] for t in years]
    y = [((t - 1985) / 20) ** 3 + v[3] + rng.gauss(0, 0.1) for t, v in zip(years, x)]
    cases.append(case("a cubic in the year", x, y, [0.0, 1e-12, 1e-6, 1e-2, 1.0, 1e4]))
    x = [[t**k for k in range(1, 6)] for t in range(21)]
    cases.append(case("Wampler 1", x, [sum(t**k for k in range(6)) for t in range(21)], [0.0, 1e-6, 1.0]))
    cases.append(case("Wampler 2", x, [sum((t / 10) ** k for k in range(6)) for t in range(21)], [0.0, 1e-6, 1.0]))
    x = [[1.7e9 + 86400 * rng.random() * 1000, rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(20)]
    y = [v[1] - v[2] + (v[0] - 1.7e9) / 4e7 + rng.gauss(0, 0.3) for v in x]
    cases.append(case("timestamps beside unit columns", x, y, [0.0, 1e-3, 1.0, 1e3]))
    x = [[1e15 + round(8 * rng.gauss(0, 1)) / 8, rng.gauss(0, 1), 7.0] for _ in range(20)]
    cases.append(case("an offset of 1e15 and a constant column", x, [v[0] - 1e15 + v[1] + rng.gauss(0, 0.3) for v in x], [0.0, 1e-3, 1.0]))
    dollars = [round(rng.uniform(1, 90000)) for _ in range(16)]
    x = [[v, 100 * v, rng.random()] for v in dollars]
    y = [v[0] / 3e4 + v[2] + rng.gauss(0, 0.1) for v in x]
    cases.append(case("dollars, the same in cents, and a share", x, y, [0.0, 1e-6, 1e-3, 1.0, 1e8]))
    # Multiples of 1/64, so that the sum is exact and the dependence is not a matter of rounding.
    x = [[round(64 * v) / 64 for v in row] for row in gaussian(rng, 12, 4)]
    x = [row + [float(i == 3), row[0] + row[1]] for i, row in enumerate(x)]
    cases.append(case("a dummy of one row, and a sum of columns", x, [row[0] + rng.gauss(0, 1) for row in x], [0.0, 1e-12, 1e-3, 1.0]))
    for scale in (1e160, 1e-160):
        x = [[scale * v for v in row] for row in gaussian(rng, 12, 3)]
        cases.append(case(f"features of {scale:g}", x, [row[0] / scale + rng.gauss(0, 1) for row in x], sorted([0.0, 1e-3, scale])))
    text = json.dumps(cases, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"')
    (HERE / "ridge_oracle.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
