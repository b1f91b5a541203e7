"""Chains of ridge regressions in 60-digit arithmetic: the table chain_oracle.json that the tests of Chains compare with.

Run with Debian's python3-mpmath:  /usr/bin/python3 tests/oracles/chain_oracle.py

Written apart from the program's formulas. A stage is described by chi = tr(Sigma G)/N, found by bisection; an estimate is an
explicit sum of its mean and of the independent noises of all earlier stages, so that covariances between generations need no recursion.
"""
import json
import os
import random
from mpmath import mp, mpf, sqrt

mp.dps = 60
rng = random.Random(20250518)


def bisect_log(f, low, high):
    """The root of an increasing f between low and high, to 28 digits over any range of doubles, by bisection in the logarithm."""
    for _ in range(105):
        middle = sqrt(low) * sqrt(high)
        if f(middle) > 0:
            high = middle
        else:
            low = middle
    return sqrt(low) * sqrt(high)


def kappa(s, n, l):
    """1 - l/kappa = (1/n) sum s/(s + kappa)."""
    rank = sum(1 for x in s if x > 0)
    if l == 0 and n >= rank:
        return mpf(0)
    s = [x for x in s if x > 0]
    return bisect_log(lambda k: n - n * l / k - sum(x / (x + k) for x in s),
                      max(l, min(s) * (rank - n) / n) / 2 if l == 0 else l / 2, 2 * (l + sum(s) / n))


class Estimate:
    """Mean of every coefficient, and its noise as {stage: transfer of that stage's unit noise}."""

    def __init__(self, mean, noise):
        self.mean, self.noise = mean, noise


def train(s, b, groups, l, stage):
    """groups: (source, n, noise, weight). Returns the estimate and (bias, variance)."""
    d = len(s)
    total = sum(n for _, n, _, _ in groups)

    def shares(chi):
        return [mpf(n) * w / (total * (1 + w * chi)) for _, n, _, w in groups]

    def excess(chi):
        a = sum(shares(chi))
        return chi - sum(x / (a * x + l) for x in s) / total

    chi = bisect_log(excess, mpf(10) ** -40, mpf(10) ** 40)
    a_k = shares(chi)
    a = sum(a_k)
    g = [1 / (a * x + l) for x in s]
    mean = [g[j] * s[j] * sum(ak * src.mean[j] for ak, (src, _, _, _) in zip(a_k, groups)) for j in range(d)]
    stages = sorted({k for src, _, _, _ in groups for k in src.noise})
    noise = {k: [g[j] * s[j] * sum(ak * src.noise[k][j] for ak, (src, _, _, _) in zip(a_k, groups) if k in src.noise)
                 for j in range(d)] for k in stages}
    df2 = sum((s[j] * g[j]) ** 2 for j in range(d))
    nu, sum_b = mpf(0), mpf(0)
    for (src, n, tau2, w) in groups:
        bk = n * w * w / (mpf(total) ** 2 * (1 + w * chi) ** 2)
        resid = sum(s[j] * (mean[j] - src.mean[j]) ** 2 for j in range(d))
        for k in stages:
            other = src.noise.get(k, [mpf(0)] * d)
            resid += sum(s[j] * (noise[k][j] - other[j]) ** 2 for j in range(d))
        nu += bk * (tau2 + resid)
        sum_b += bk
    nu /= 1 - df2 * sum_b
    noise[stage] = [sqrt(nu * s[j]) * g[j] for j in range(d)]
    bias = sum(s[j] * (mean[j] - b[j]) ** 2 for j in range(d))
    variance = sum(s[j] * z[j] ** 2 for z in noise.values() for j in range(d))
    return Estimate(mean, noise), bias, variance, l / a


def number(x):
    return float(x)


def log_uniform(low, high):
    return float(mp.nstr(mpf(10) ** rng.uniform(low, high), 6))


def spectrum(d):
    kind = rng.randrange(4)
    if kind == 0:
        return [float((j + 1) ** -rng.choice([0.5, 1.0, 1.5, 2.0])) for j in range(d)]
    if kind == 1:
        return [log_uniform(-3, 2) for _ in range(d)]
    if kind == 2:
        return [1.0] * d
    return [log_uniform(1, 2)] + [1.0] * (d - 1)


def chains():
    rows = []
    for _ in range(40):
        d = rng.randrange(3, 25)
        s = spectrum(d)
        b = [rng.gauss(0, 1) for _ in range(d)]
        n = [rng.randrange(max(1, d // 3), 4 * d) for _ in range(4)]
        l = [log_uniform(-6, 1) for _ in range(4)]
        tau = [log_uniform(-2, 1), rng.choice([0.0, log_uniform(-2, 0)]), rng.choice([0.0, log_uniform(-2, 0)])]
        ms, mb = [mpf(x) for x in s], [mpf(x) for x in b]
        truth = Estimate(mb, {})
        row = {"s": s, "b": b, "n": n, "ridge": l, "noise": tau}
        teacher, b1, v1, k1 = train(ms, mb, [(truth, n[0], mpf(tau[0]), mpf(1))], mpf(l[0]), 1)
        student, b2, v2, k2 = train(ms, mb, [(teacher, n[1], mpf(tau[1]), mpf(1))], mpf(l[1]), 2)
        _, b3, v3, k3 = train(ms, mb, [(student, n[2], mpf(tau[2]), mpf(1))], mpf(l[2]), 3)
        # A mixed stage: true labels, the teacher's twice with different weights and noise, and the student's.
        rows_k = [rng.randrange(1, 2 * d), rng.randrange(1, 2 * d), rng.randrange(1, d), rng.randrange(1, d)]
        noise_k = [tau[0], 0.0, log_uniform(-2, 0), 0.0]
        weight_k = [log_uniform(-1, 1) for _ in range(4)]
        sources = [truth, teacher, teacher, student]
        mixed = [(src, r, mpf(t), mpf(w)) for src, r, t, w in zip(sources, rows_k, noise_k, weight_k)]
        _, b4, v4, k4 = train(ms, mb, mixed, mpf(l[3]), 4)
        row["mixed"] = {"rows": rows_k, "noise": noise_k, "weight": weight_k}
        row["kappa"] = [number(k) for k in (k1, k2, k3, k4)]
        row["bias"] = [number(x) for x in (b1, b2, b3, b4)]
        row["variance"] = [number(x) for x in (v1, v2, v3, v4)]
        row["error"] = [number(x + y) for x, y in ((b1, v1), (b2, v2), (b3, v3), (b4, v4))]
        check = kappa(ms, n[0], mpf(l[0]))
        assert abs(check / k1 - 1) < mpf(10) ** -25
        rows.append(row)
    return rows


def kappas():
    """In 400 digits: spectra over up to 300 decades, ridges from 0 to 1e300, rows below, at and above the rank."""
    rows = []
    mp.dps = 400  # 1 - s/(s + kappa) must keep its digits for ratios of 1e-300
    for decades in (0, 1, 6, 40, 150, 300):
        for d in (1, 2, 7, 20):
            s = [float(mp.nstr(mpf(10) ** (-decades * mpf(j) / max(1, d - 1) + decades // 2), 17)) for j in range(d)]
            if d == 20:
                s[5:10] = [s[5]] * 5
            for n in sorted({1, max(1, d // 2), max(1, d - 1), d, d + 1, 3 * d}):
                for l in (0.0, 1e-300, 1e-100, 1e-20, 1e-6, 0.1, 10.0, 1e20, 1e150, 1e300):
                    value = kappa([mpf(x) for x in s], n, mpf(l))
                    rows.append({"s": s, "n": n, "ridge": l, "kappa": number(value)})
    return rows


if __name__ == "__main__":
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "chain_oracle.json")
    with open(path, "w", encoding="utf-8") as out:
        out.write('{\n"chains": [\n' + ",\n".join(json.dumps(r) for r in chains()))
        out.write('\n],\n"kappas": [\n' + ",\n".join(json.dumps(r) for r in kappas()) + "\n]\n}\n")
