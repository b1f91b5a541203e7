"""High-precision tables for the tests of src/WeakToStrong/Asymptotics.

Everything is evaluated from the paper's own printed definitions (Definition 2, Proposition 3, Theorems 4 and 8) in 3000-digit
arithmetic, where cancellation does no harm, and not from the forms that the library uses. The one quantity the paper does not print,
the student with a finite spike, is evaluated from its defining matrix identity (see finite_spike_error). Windows and best ridges
are found by root bracketing on the printed difference L_s - L_t, not by closed forms.

    /usr/bin/python3 tests/oracles/asymptotics.py        rewrites tests/oracles/asymptotics_*.csv (about six minutes)
"""
import csv
import math
import pathlib
import random

import mpmath as mp
from mpmath import mpf

mp.mp.dps = 3000
HERE = pathlib.Path(__file__).parent


def m1(g, l):
    """Definition 2, as printed; at lambda = 0 its limit."""
    b = 1 + g + l
    if l == 0:
        return 1 / (1 - g) if g < 1 else mp.inf
    return -(1 - g + l - mp.sqrt(b * b - 4 * g)) / (2 * g * l)


def m2(g, l):
    """-dm/dlambda, by differentiating Definition 2."""
    s = mp.sqrt((1 + g + l) ** 2 - 4 * g)
    # m = (s - (1 - g + l))/(2 g l);  s' = (1 + g + l)/s
    return -(((1 + g + l) / s - 1) / (2 * g * l) - (s - (1 - g + l)) / (2 * g * l * l))


def teacher_excess(g, l, s2, a2):
    """Proposition 3 with signal power a2."""
    return (a2 * l - s2 * g) * l * m2(g, l) + s2 * g * m1(g, l)


def gap(gt, lt, gs, ls, s2, a2, zeta):
    """Theorem 4 (zeta = 0) and Theorem 8: Delta - zeta^2 Delta_Gamma with signal power a2."""
    mt1, mt2, ms1, ms2 = m1(gt, lt), m2(gt, lt), m1(gs, ls), m2(gs, ls)
    delta = (s2 * gt - a2 * lt) * (mt1 - lt * mt2) * (ls**2 * ms2 - 2 * ls * ms1) + a2 * ls**2 * ms2 * (1 - lt * mt1)
    bonus = a2 * ls * (lt * mt1 - 1) * (-2 * lt * ms1 * mt1 + ls * ms2 * (lt * mt1 - 1))
    return delta - zeta**2 * bonus


def finite_spike_error(gt, lt, gs, ls, s2, a2, zeta, w):
    """E_s for Gamma = I + w h h'.

    The deterministic equivalent of ridge with a rank-one change of the penalty: with kap = q_s/p_s the student's mean map is
    H = (I + kap Gamma^-1)^-1, the identity times ps except along h, where it is 1/(1 + kap/(1 + w)). The variance of the
    student's estimate is isotropic, (1/n) F I/(1 + kap)^2, F = (mean squared label residual kept)/(1 - df2/n).
    """
    p, q = 1 - ls * m1(gs, ls), ls * m1(gs, ls)
    kap = q / p
    h = 1 / (1 + kap / (1 + w))
    pt, qt = 1 - lt * m1(gt, lt), lt * m1(gt, lt)
    noise = teacher_excess(gt, lt, s2, a2) - a2 * qt**2  # variance part of |beta_t - beta*|^2
    on, off = zeta**2, 1 - zeta**2
    bias = a2 * off * (1 - p * pt) ** 2 + a2 * on * (1 - h * pt) ** 2
    residual = a2 * pt**2 * (off * (1 - p) ** 2 + on * (1 - h) ** 2) + (1 - p) ** 2 * noise
    return bias + p**2 * noise + residual * gs * p**2 / (1 - gs * p**2)


def text(x):
    return "inf" if x == mp.inf else "nan" if x != x else mp.nstr(x, 25, min_fixed=0, max_fixed=0)


def write(name, header, rows):
    with open(HERE / f"asymptotics_{name}.csv", "w", newline="\n", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def log_uniform(rng, low, high):
    return 10 ** rng.uniform(math.log10(low), math.log10(high))


def resolvent():
    rng = random.Random(1)
    points = [(g, 10.0**e) for g in (1e-6, 0.5, 1 - 2**-53, 1.0, 1 + 2**-52, 2.0, 1e6) for e in (-300, -150, -16, -8, 0, 8, 150, 300)]
    points += [(log_uniform(rng, 1e-6, 1e6), log_uniform(rng, 1e-300, 1e300)) for _ in range(150)]
    points += [(log_uniform(rng, 1e-2, 1e2), log_uniform(rng, 1e-6, 1e6)) for _ in range(100)]
    points += [(1 + rng.choice((-1, 1)) * 10 ** rng.uniform(-15, -1), log_uniform(rng, 1e-20, 1e3)) for _ in range(60)]
    # b = 1 - gamma + lambda crosses zero here.
    points += [(1 + x, x * (1 + rng.choice((-1, 0, 1)) * 1e-14)) for x in (log_uniform(rng, 1e-6, 1e6) for _ in range(40))]
    rows = []
    for g, l in points:
        G, L = mpf(g), mpf(l)
        a, b = m1(G, L), m2(G, L)
        rows.append([repr(g), repr(l)] + [text(x) for x in (a, b, 1 - L * a, L * a, L * L * b, a - L * b, L * b / a)])
    write("resolvent", ["gamma", "lambda", "m1", "m2", "one_minus_lambda_m1", "lambda_m1", "lambda2_m2", "m1_minus_lambda_m2",
                        "lambda_m2_over_m1"], rows)


def errors():
    rng = random.Random(2)
    rows = []
    for k in range(400):
        wide = k < 200
        gt, gs = (log_uniform(rng, 1e-6, 1e6) if wide else log_uniform(rng, 0.05, 20) for _ in range(2))
        lt, ls = (log_uniform(rng, 1e-300, 1e300) if wide else log_uniform(rng, 1e-8, 1e4) for _ in range(2))
        if k % 7 == 0:
            gs = 1.0
        if k % 11 == 0:
            gt = 1.0
        s2 = 0.0 if k % 13 == 0 else log_uniform(rng, 1e-6, 1e6) if wide else log_uniform(rng, 1e-2, 1e2)
        a2 = 1.0 if k % 3 == 0 else log_uniform(rng, 1e-3, 1e3)
        zeta = (0.0, rng.random(), 1.0, 1 - 10 ** rng.uniform(-12, -2))[k % 4]
        spike = (math.inf, 0.0, 500.0, log_uniform(rng, 1e-6, 1e12))[k // 4 % 4]
        v = [mpf(x) for x in (gt, lt, gs, ls, s2, a2, zeta)]
        teacher = teacher_excess(v[0], v[1], v[4], v[5])
        if spike == math.inf:
            student = teacher + gap(*v)
        else:
            student = finite_spike_error(*v, mpf(spike))
        rows.append([repr(x) for x in (gt, gs, lt, ls, s2, a2, zeta, spike)] + [text(teacher), text(student), text(student - teacher)])
    write("errors", ["gamma_teacher", "gamma_student", "lambda_teacher", "lambda_student", "noise_variance", "signal_power", "alignment",
                     "spike", "teacher_excess", "student_excess", "gap"], rows)


def student_gap(gt, lt, gs, s2, a2, zeta, w):
    """L_s - L_t as a function of lambda_s alone."""
    if w == mp.inf:
        return lambda ls: gap(gt, lt, gs, ls, s2, a2, zeta)
    teacher = teacher_excess(gt, lt, s2, a2)
    return lambda ls: finite_spike_error(gt, lt, gs, ls, s2, a2, zeta, w) - teacher


def bisect(f, low, high):
    negative = f(low) < 0
    for _ in range(110):
        middle = mp.sqrt(low * high)
        low, high = (middle, high) if (f(middle) < 0) == negative else (low, middle)
    return low


def golden(f, low, high):
    """Minimum by golden section in the logarithm, to 25 digits (f carries 400)."""
    ratio = (mp.sqrt(5) - 1) / 2
    a, b = mp.log(low), mp.log(high)
    x, y = b - ratio * (b - a), a + ratio * (b - a)
    fx, fy = f(mp.exp(x)), f(mp.exp(y))
    for _ in range(135):
        if fx < fy:
            b, y, fy = y, x, fx
            x = b - ratio * (b - a)
            fx = f(mp.exp(x))
        else:
            a, x, fx = x, y, fy
            y = a + ratio * (b - a)
            fy = f(mp.exp(y))
    return mp.exp((a + b) / 2)


def window(f, gs):
    """Kind and edges by brute force: the sign of L_s - L_t on a fine grid, its edges by bisection."""
    grid = sorted([mpf(10) ** (mpf(k) / 10) for k in range(-450, 451)] + ([gs - 1] if gs > 1 else []))
    wins = [k for k, x in enumerate(grid) if f(x) < 0]
    if not wins:
        return "never", mp.nan, mp.nan
    if len(wins) == len(grid):
        return "always", mpf(0), mp.inf
    low = mpf(0) if wins[0] == 0 else bisect(f, grid[wins[0] - 1], grid[wins[0]])
    high = mp.inf if wins[-1] == len(grid) - 1 else bisect(f, grid[wins[-1]], grid[wins[-1] + 1])
    return "interval", low, high


def best(f):
    grid = [mpf(10) ** (mpf(k) / 6) for k in range(-270, 271)]
    values = [f(x) for x in grid]
    k = values.index(min(values))
    if k == 0:
        return mpf(0), f(mpf(10) ** -150)
    if k == len(grid) - 1:
        return mp.inf, f(mpf(10) ** 130)
    x = golden(f, grid[k - 1], grid[k + 1])
    return x, f(x)


def students():
    """Windows and best ridges on random draws, with the ties and corners that Theorem 5 is silent on."""
    mp.mp.dps = 400
    rng = random.Random(3)
    rows = []
    while len(rows) < 400:
        k = len(rows)
        gt, gs = log_uniform(rng, 0.05, 20), log_uniform(rng, 0.05, 20)
        s2, a2 = log_uniform(rng, 0.05, 20), 1.0 if k % 2 else log_uniform(rng, 0.1, 10)
        gs = 1.0 if k % 5 == 0 else 1 + rng.choice((-1, 1)) * 10 ** rng.uniform(-6, -1) if k % 5 == 1 else gs
        gt = 1.0 if k % 17 == 0 else gt
        # lambda_t: zero, the optimum as a program would round it, close to it, far below, anywhere.
        best = s2 * gt / a2
        lt = (0.0, best, best * (1 + rng.uniform(-1, 1) * 1e-3), best * rng.random() ** 3, log_uniform(rng, 1e-3, 1e2))[k // 5 % 5]
        zeta = (0.0, 0.0, 0.0, rng.random(), 1 - 10 ** rng.uniform(-6, -1))[k % 7 % 5]
        spike = math.inf if zeta == 0 or k % 3 else log_uniform(rng, 1, 1e4)
        v = [mpf(x) for x in (gt, lt, gs, s2, a2, zeta)] + [mpf(spike) if spike < math.inf else mp.inf]
        if lt == 0:
            v[1] = mpf(10) ** -180  # in place of the limit; every printed term is then right to 80 digits
        f = student_gap(*v)
        kind, low, high = window(f, v[2])
        ridge, least = best(f)
        if gt == 1 and lt == 0:
            ridge, least = mp.inf, mp.nan  # the teacher's error is infinite: only predicting zero is better than any student
        rows.append([repr(x) for x in (gt, gs, lt, s2, a2, zeta, spike)] + [kind, text(low), text(high), text(ridge), text(least)])
    write("students", ["gamma_teacher", "gamma_student", "lambda_teacher", "noise_variance", "signal_power", "alignment", "spike",
                       "window", "window_low", "window_high", "best_lambda_student", "best_gap"], rows)


def steepest(f, x):
    """Sign of the slope of f at x, from a difference far below the digits that are wanted."""
    return mp.sign(f(x * (1 + mpf(10) ** -120)) - f(x))


def valley(f):
    """The minimum over 660 decades by the sign of the slope, and whether a scan of the decades agrees that there is one valley."""
    decades = [mpf(10) ** k for k in range(-330, 331, 10)]
    signs = [steepest(f, x) for x in decades]
    if signs[0] > 0:
        return mpf(0)
    if signs[-1] < 0:
        return mp.inf
    assert signs == sorted(signs), signs
    k = signs.index(1)
    low, high = decades[k - 1], decades[k]
    for _ in range(110):
        middle = mp.sqrt(low * high)
        low, high = (middle, high) if steepest(f, middle) < 0 else (low, middle)
    return low


def extremes():
    """Far ends of every range, and finite spikes of any strength; window and best ridge from the printed errors alone."""
    mp.mp.dps = 2500
    rng = random.Random(4)
    inf = math.inf
    # gamma_t, gamma_s, lambda_t, lambda_s, s2, a2, zeta, spike
    points = [(1.0, 0.5, 1e-40, 0.1, 1.0, 1.0, 0.0, inf), (0.5, 0.5, 1e-320, 0.1, 1e-305, 1.0, 0.0, inf),
              (0.5, 3.0, 1e-320, 0.1, 1e-305, 1.0, 0.0, inf),
              (0.5, 1e6, 0.49998585786, 0.1, 1.0, 1.0, 1e-6, 1e15), (0.5, 2.0, 0.1, 1e308, 1.0, 1.0, 0.0, inf),
              (0.5, 0.5, 0.1, 1.7e308, 1.0, 1.0, 0.5, 10.0),
              (0.5, 2.0, 0.1, 1.0, 1.0, 1.0, 0.5, 1e-302), (0.5, 0.5, 0.1, 1.0, 1.0, 1.0, 0.5, 1e-302),
              (0.5, 0.5, 0.1, 1.0, 1.0, 1.0, 0.5, 1e302),
              (0.5, 2.0, 0.1, 1.0, 1.0, 1.0, 1e-170, 10.0), (0.5, 0.5, 0.1, 1.0, 1.0, 1.0, 1e-170, 10.0),
              (0.5, 0.5, 0.6, 1.0, 1.0, 1.0, 1e-170, inf),
              (0.5, 2.0, 0.1, 1.0, 1e300, 1e-5, 0.0, inf), (1e-200, 2.0, 1e-300, 1.0, 1e-200, 1e-300, 0.3, inf),
              (0.5, 0.5, 1e250, 1.0, 1.0, 1e250, 0.0, inf),
              (0.4, 0.5, 1e-160, 1.0, 1e160, 1e160, 0.2, 5.0), (2.0, 0.5, 1e-160, 1.0, 1e-160, 1e-160, 0.2, 5.0)]
    for exponent in (12, 14, 15, 15.5, 16, 16.5, 17.5, 20):  # kappa of this size
        points.append((1.0, 0.7, 10 ** (-2 * exponent), 3.0, 2.0, 1.0, 0.0, inf))
    while len(points) < 140:
        gt, gs = log_uniform(rng, 0.1, 10), log_uniform(rng, 1e-3, 1e6)
        optimum = gt
        lt = optimum * rng.choice((rng.random(), 1 - 10 ** rng.uniform(-6, -1), 1 + 10 ** rng.uniform(-6, -1)))
        points.append((
            gt, gs, lt, log_uniform(rng, 1e-3, 1e6), 1.0, 1.0, rng.choice((10 ** rng.uniform(-6, -0.1), rng.random())),
            log_uniform(rng, 1e-3, 1e15)))
    rows = []
    for point in points:
        gt, gs, lt, ls, s2, a2, zeta, spike = (mpf(x) for x in point)
        teacher = teacher_excess(gt, lt, s2, a2)
        f = student_gap(gt, lt, gs, s2, a2, zeta, spike)
        ridge = valley(f)
        least = f(ridge) if 0 < ridge < mp.inf else f(mpf(10) ** (-400 if ridge == 0 else 400))
        low = high = mp.nan
        kind = "never"
        if least < 0 and ridge > 0 or ridge == 0 and gs > 1 and least < 0:
            start, end = mpf(10) ** -400, mpf(10) ** 400
            low = mpf(0) if f(start) < 0 else bisect(f, start, ridge)
            high = mp.inf if f(end) < 0 else bisect(f, max(ridge, start), end)
            kind = "always" if low == 0 and high == mp.inf else "interval"
        rows.append([repr(x) for x in point] + [text(teacher), text(teacher + f(ls)), text(f(ls)), kind,
                                                text(low), text(high), text(ridge), text(least)])
    write("extremes", ["gamma_teacher", "gamma_student", "lambda_teacher", "lambda_student", "noise_variance", "signal_power", "alignment",
                       "spike", "teacher_excess", "student_excess", "gap", "window", "window_low", "window_high", "best_lambda_student",
                       "best_gap"], rows)


if __name__ == "__main__":
    resolvent()
    errors()
    students()
    extremes()
