"""High-precision table for the tests of src/WeakToStrong/Rules: averages of filters over the Marchenko-Pastur law.

Evaluated with 60 digits from the density itself, sqrt((hi - s)(s - lo))/(2 pi gamma s), by tanh-sinh quadrature on pieces cut at
every scale of the filter: another method, on another variable, than the library's trapezoid rule. Jumps are integrated from their
threshold, and the atom at 0 is added.

    /usr/bin/python3 tests/oracles/rules.py        rewrites tests/oracles/rules_averages.csv (about two minutes)
"""
import csv
import pathlib

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 60
HERE = pathlib.Path(__file__).parent


def edges(g):
    return (1 - mp.sqrt(g)) ** 2, (1 + mp.sqrt(g)) ** 2


def integrate(f, g, low, high, scales):
    """The integral of f(s) density(s) over [low, high]: pieces are cut at geometric distances from both ends and at the scales."""
    lo, hi = edges(g)
    low, high = max(low, lo), min(high, hi)
    if high <= low:
        return mpf(0)
    width = high - low
    smallest = min([width, *scales]) * mpf(10) ** -4
    cuts = set()
    d = width / 2
    while d > smallest:
        cuts |= {low + d, high - d}
        d /= 8
    points = sorted({low, high} | cuts)
    density = lambda s: mp.sqrt(abs((hi - s) * (s - lo))) / (2 * mp.pi * g * s) if s > 0 else mpf(0)
    return mp.quad(lambda s: f(s) * density(s), points)


def rule(text):
    """Filter h(s), its loss 1 - h without cancellation, its jumps and its scales."""
    name, *numbers = text.split(":")
    numbers = [mpf(float(x)) for x in numbers]
    if name == "ridge":
        l, = numbers
        return (lambda s: s / (s + l)), (lambda s: l / (s + l)), [], [l]
    if name == "flow":
        t, = numbers
        return (lambda s: -mp.expm1(-t * s)), (lambda s: mp.exp(-t * s)), [], [1 / t]
    if name == "descent":
        k, e = numbers
        k = int(k)
        return (lambda s: 1 - (1 - e * s) ** k), (lambda s: (1 - e * s) ** k), [], [1 / (k * e)]
    if name == "components":
        c, = numbers
        return (lambda s: mpf(s > c)), (lambda s: mpf(s <= c)), [c], [c]
    raise ValueError(text)


def averages(g, text):
    h, lost, jumps, scales = rule(text)
    lo, _ = edges(g)
    scales = scales + ([lo] if lo > 0 else [])
    atom = max(mpf(0), 1 - 1 / g)
    ends = [mpf(0), *jumps, mpf(10) ** 9]

    def mean(f):
        # h is constant on either side of a jump: take it from the middle of the piece, so that end points do not matter.
        return sum(integrate(f, g, a, b, scales) for a, b in zip(ends, ends[1:]))

    if jumps:
        c, = jumps
        above = integrate(lambda s: mpf(1), g, c, ends[-1], scales)
        below = integrate(lambda s: mpf(1), g, mpf(0), c, scales) + atom
        return above, below, above, below, mpf(0), g * integrate(lambda s: 1 / s, g, c, ends[-1], scales)
    return (mean(h), mean(lost) + atom, mean(lambda s: h(s) ** 2), mean(lambda s: lost(s) ** 2) + atom,
            mean(lambda s: h(s) * lost(s)), g * mean(lambda s: h(s) ** 2 / s))


CASES = [
    *[(g, f"ridge:{l}") for g in ("0.25", "0.95", "0.99", "1", "1.01", "4") for l in ("1e-12", "1e-5", "0.1", "100")],
    *[("1", f"ridge:{l}") for l in ("1e-30", "1e-100")],
    *[(g, f"flow:{t}") for g in ("0.25", "0.99", "1", "1.25", "9") for t in ("1e-6", "0.5", "20", "1e5")],
    ("1", "flow:1e12"), ("0.999999", "flow:1e7"),
    *[(g, f"descent:{k}") for g in ("0.25", "1", "2") for k in ("1:0.3", "10:0.3", "1000:0.1", "7:1.1", "60:0.5")],
    ("1", "descent:1000000:0.4"), ("0.25", "descent:200:0.888"),
    *[(g, f"components:{c}") for g in ("0.25", "1", "3") for c in ("1e-8", "0.3", "1", "2.2", "3.9")],
    ("0.25", "components:0.2500001"), ("0.25", "components:2.2499999"),
]


if __name__ == "__main__":
    with open(HERE / "rules_averages.csv", "w", newline="\n", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["gamma", "rule", "kept", "lost", "kept_square", "lost_square", "mixed", "spread"])
        for g, text in CASES:
            out.writerow([g, text] + [mp.nstr(x, 50, min_fixed=0, max_fixed=0) for x in averages(mpf(float(g)), text)])
