#!/usr/bin/env python3
"""High-precision tables for the network tests: needs python3-mpmath.

    /usr/bin/python3 tests/oracles/networks.py

writes, beside itself,
    network_hermite.csv      function, order, c_k = E[f(z) He_k(z)]/k!, order 0..24
    network_moments.csv      function, E[f^2], E[f'^2], E[f'(0.8 z)], E[f(0.8 z)^2]
    network_prediction.csv   predicted constants of the one-step experiment for a handful of settings
Integrals are adaptive tanh-sinh quadrature with 40 digits, split at 0; nothing is shared with the C# code but the definitions.
"""
import csv
import os

from mpmath import mp, mpf, quad, exp, sqrt, pi, erf, tanh, log, diff, inf, factorial

mp.dps = 40
HERE = os.path.dirname(os.path.abspath(__file__))
PIECES = [-24, -12, -6, -3, -1.5, 0, 1.5, 3, 6, 12, 24]


def expect(f):
    """E[f(z)]; the density is below 1e-120 beyond 24."""
    return quad(lambda z: f(z) * exp(-z * z / 2), PIECES) / sqrt(2 * pi)


def he(k, z):
    previous, current = mpf(0), mpf(1)
    for j in range(k):
        previous, current = current, z * current - j * previous
    return current


def series(*c):
    def value(z):
        return sum(mpf(str(x)) * he(k, z) for k, x in enumerate(c))

    def slope(z):
        return sum(mpf(str(x)) * k * he(k - 1, z) for k, x in enumerate(c) if k > 0)
    return value, slope


def phi(z):
    return (1 + erf(z / sqrt(2))) / 2


def softplus(z):
    return (z if z > 0 else mpf(0)) + log(1 + exp(-abs(z)))


SOFTPLUS_MEAN = expect(softplus)
FUNCTIONS = {
    "relu": (lambda z: (z if z > 0 else mpf(0)) - 1 / sqrt(2 * pi), lambda z: mpf(1) if z > 0 else mpf(0)),
    "tanh": (tanh, lambda z: 1 - tanh(z) ** 2),
    "erf": (erf, lambda z: 2 / sqrt(pi) * exp(-z * z)),
    "softplus": (lambda z: softplus(z) - SOFTPLUS_MEAN, lambda z: 1 / (1 + exp(-z))),
    "gelu": (lambda z: z * phi(z) - 1 / sqrt(4 * pi), lambda z: phi(z) + z * exp(-z * z / 2) / sqrt(2 * pi)),
    "identity": series(0, 1),
    "he2": series(0, 0, 1),
    "he3": series(0, 0, 0, 1),
    "hermite:0.5,1,-0.25,0.125": series(0.5, 1, -0.25, 0.125),
    "hermite:0.5,0,0.75,0,0.1": series(0.5, 0, 0.75, 0, 0.1),
}


def coefficient(name, k):
    return expect(lambda z: FUNCTIONS[name][0](z) * he(k, z)) / factorial(k)


def text(x):
    return mp.nstr(x, 22, min_fixed=0, max_fixed=0) if abs(x) > mpf(10) ** -30 else "0"


def cell(name):
    """A function's name without commas: the C# reader of these tables splits at every comma."""
    return str(name).replace(",", ";")


def write(name, header, rows):
    with open(os.path.join(HERE, name), "w", newline="\n") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# activation, easy, hard, d, p_t, p_s, n_t, n_s, eta_t, eta_s, tau, noise variance, loss, weight decay, readout norm
SETTINGS = [
    ("relu", "identity", "he2", 1000, 1000, 1000, 4000, 4000, "1", "1", "1", "0", "correlation", "0", "1"),
    ("tanh", "identity", "he2", 1000, 1000, 1000, 4000, 4000, "1", "1", "1", "0", "correlation", "0", "1"),
    ("erf", "identity", "he3", 1000, 1000, 1000, 4000, 4000, "1", "1", "1", "0", "correlation", "0", "1"),
    ("gelu", "tanh", "hermite:0.5,0,0.75,0,0.1", 400, 300, 700, 900, 2000, "2", "1.5", "0.7", "0.3", "correlation", "0", "1.2"),
    ("softplus", "hermite:0.5,1,-0.25,0.125", "he2", 400, 600, 200, 900, 2000, "0.5", "3", "2", "0.1", "squared", "0", "0.8"),
    ("tanh", "erf", "he3", 500, 400, 600, 1500, 1000, "1", "2", "1", "0.5", "squared", "0.2", "1"),
]


def prediction(s):
    act, easy, hard = s[0], s[1], s[2]
    d, pt, ps, nt, ns = (mpf(x) for x in s[3:8])
    eta_t, eta_s, tau, noise = (mpf(x) for x in s[8:12])
    squared, decay, a = s[12] == "squared", mpf(s[13]), mpf(s[14])
    f, slope = FUNCTIONS[act]
    c1 = expect(slope)
    ce1 = coefficient(easy, 1)
    fe, fh = FUNCTIONS[easy][0], FUNCTIONS[hard][0]
    e1, h1, e2, h2 = expect(fe), expect(fh), expect(lambda z: fe(z) ** 2), expect(lambda z: fh(z) ** 2)
    ey2 = e2 + h2 + 2 * e1 * h1 + noise
    delta = eta_t * decay
    keep = 1 - delta
    er2 = ey2 + (a * a * expect(lambda z: f(z) ** 2) if squared else 0)

    # Coefficients of a'W_t/||a|| on w = a'W_0/||a|| (norm 1), beta_e and an independent vector of norm sqrt(gamma E r^2).
    gain = eta_t * c1 * a
    on_w = keep - (gain * c1 * a if squared else 0)
    on_easy = gain * ce1
    on_noise2 = gain ** 2 * (d / nt) * er2
    learned = sqrt((on_w - 1) ** 2 + on_easy ** 2 + on_noise2)

    # The hard update, over the one common normal number.
    ex2 = expect(lambda z: fh(z) * z * z)
    leverage = e2 + noise + 2 * e1 * ex2 + expect(lambda z: (fh(z) * z) ** 2) + (er2 - ey2)
    common = c1 ** 2 * (leverage / nt + ((c1 * a) ** 2 / d if squared else 0))
    spread = expect(lambda z: slope(z) ** 2) - c1 ** 2
    curvature = expect(lambda z: f(z) * (z * z - 1)) * (e1 + ex2)
    rest = spread * leverage / nt + curvature ** 2 / d
    hard_update = expect(lambda z: sqrt((eta_t * a) ** 2 * (common * z * z + rest) + delta ** 2 * pt / d))

    label_slope = expect(lambda z: slope(keep * z))
    label_easy = label_slope * a * on_easy
    total2 = a * a * (on_w ** 2 + on_easy ** 2 + on_noise2)
    power = a * a * expect(lambda z: f(keep * z) ** 2) + label_slope ** 2 * (total2 - a * a * keep ** 2)
    label_norm = sqrt(label_slope ** 2 * total2 + d / ns * power)

    delta_s = eta_s * decay
    student_easy = eta_s * c1 * a * label_easy
    ring = lambda x, y: sqrt(x * x + y * y)
    return [ring(delta * sqrt(pt / d), on_easy), hard_update, on_easy, mpf(0), ring(keep * sqrt(pt / d), on_easy), keep * sqrt(pt / d),
            on_easy / learned, learned, label_easy, label_norm,
            ring(delta_s * sqrt(ps / d), student_easy), ring(delta_s * sqrt(ps / d), (1 - delta_s) * tau), student_easy,
            ring((1 - delta_s) * sqrt(ps / d), student_easy), ring((1 - delta_s) * sqrt(ps / d), (1 - delta_s) * tau)]


QUANTITIES = ["teacher_update_easy", "teacher_update_hard", "teacher_readout_easy", "teacher_readout_hard", "teacher_norm_easy",
              "teacher_norm_hard", "teacher_cosine", "teacher_direction_norm", "label_direction_easy", "label_direction_norm",
              "student_update_easy", "student_update_hard_spike", "student_readout_easy", "student_norm_easy", "student_norm_hard"]


def main():
    write("network_hermite.csv", ["function", "order", "coefficient"],
          [[cell(name), k, text(coefficient(name, k))] for name in FUNCTIONS for k in range(25)])
    write("network_moments.csv", ["function", "square", "square_of_slope", "slope_at_0.8", "square_at_0.8"],
          [[cell(name), *(text(expect(g)) for g in (
              lambda z: f(z) ** 2, lambda z: s(z) ** 2, lambda z: s(mpf("0.8") * z), lambda z: f(mpf("0.8") * z) ** 2))]
           for name, (f, s) in FUNCTIONS.items()])
    write("network_prediction.csv",
          ["activation", "easy_link", "hard_link", "d", "width_teacher", "width_student", "n_teacher", "n_student", "eta_teacher",
           "eta_student", "spike", "noise_variance", "loss", "weight_decay", "readout_norm", *QUANTITIES],
          [[*(cell(x) for x in s), *(text(x) for x in prediction(s))] for s in SETTINGS])


if __name__ == "__main__":
    main()
