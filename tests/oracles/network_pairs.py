"""High-precision table for the tests of src/WeakToStrong/Networks/Readouts: E[f(x) f(y)] for jointly normal x, y of deviations
s, t and correlation rho.

By conditioning: y given x is normal, and its conditional mean of f is elementary for ReLU, erf and GELU, which are integrated with 25
digits. tanh and softplus are summed over a lattice of step 1/20 in the plane, in double precision: the trapezoid rule for an analytic
function and a normal density errs by exp(-2 pi 20 min(pi/2, ..)). No closed form of the pair moment and no Hermite series is used.

    /usr/bin/python3 tests/oracles/network_pairs.py        rewrites tests/oracles/network_pairs.csv (about a minute)
"""
import csv
import pathlib

import mpmath as mp
import numpy as np
from mpmath import mpf

mp.mp.dps = 25
HERE = pathlib.Path(__file__).parent
REACH = 12
PANELS = [mpf(x) for x in range(-REACH, REACH + 1, 2)]


def density(z):
    return mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)


def mean(f):
    return mp.quad(lambda z: density(z) * f(z), PANELS)


FUNCTIONS = {
    "relu": lambda z: (z if z > 0 else mpf(0)) - 1 / mp.sqrt(2 * mp.pi),
    "erf": mp.erf,
    "gelu": lambda z: z * mp.ncdf(z) - 1 / mp.sqrt(4 * mp.pi),
    "he3": lambda z: z**3 - 3 * z,
}


def conditional(name, m, v):
    """E f(m + v w), w standard normal."""
    if v == 0:
        return FUNCTIONS[name](m)
    if name == "relu":
        return m * mp.ncdf(m / v) + v * density(m / v) - 1 / mp.sqrt(2 * mp.pi)
    if name == "erf":
        return mp.erf(m / mp.sqrt(1 + 2 * v * v))
    if name == "gelu":
        r = mp.sqrt(1 + v * v)
        return m * mp.ncdf(m / r) + v * v / r * density(m / r) - 1 / mp.sqrt(4 * mp.pi)
    return m**3 + 3 * m * v * v - 3 * m


STEP = 1 / 20
LATTICE = np.arange(-12 / STEP, 12 / STEP + 1) * STEP
WEIGHTS = STEP * np.exp(-LATTICE**2 / 2) / np.sqrt(2 * np.pi)
SMOOTH = {"tanh": np.tanh, "softplus": lambda z: np.logaddexp(0, z) - np.sum(WEIGHTS * np.logaddexp(0, LATTICE))}


def smooth_pair(name, s, t, rho):
    f = SMOOTH[name]
    y = t * (rho * LATTICE[:, None] + np.sqrt(1 - rho * rho) * LATTICE[None, :])
    return float(np.sum(WEIGHTS * f(s * LATTICE) * (f(y) @ WEIGHTS)))


def pair(name, s, t, rho):
    v = t * mp.sqrt(1 - rho * rho)
    return mean(lambda z: FUNCTIONS[name](s * z) * conditional(name, rho * t * z, v))


if __name__ == "__main__":
    with open(HERE / "network_pairs.csv", "w", newline="\n", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["activation", "s", "t", "rho", "moment"])
        for name in (*FUNCTIONS, *SMOOTH):
            for s, t in ((1, 1), (0.6, 1.7), (3, 2)):
                for rho in (0, 0.3, -0.7, 0.97, -1, 0.999):
                    moment = repr(smooth_pair(name, s, t, rho)) if name in SMOOTH else mp.nstr(pair(name, mpf(s), mpf(t), mpf(rho)), 22)
                    out.writerow([name, s, t, rho, moment])
