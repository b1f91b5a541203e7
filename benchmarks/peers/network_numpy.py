#!/usr/bin/env python3
"""One trial of the one-step network experiment in NumPy, single precision: the peer of `w2s network`.

The same computation, as one would write it with NumPy: ReLU networks, identity and He_2 links, one step of gradient
descent on the correlation loss for a teacher and for a spiked student, random numbers included, and the projections of
both updates on the easy and hard directions.

    python3 benchmarks/peers/network_numpy.py [d = 2000] [repeats = 3] [--lean]

By default the student's weights are formed (five matrix products of n x d x p); --lean only projects its step onto the two
directions, as the library does (four products). Prints one JSON line with the shortest time in seconds.
"""
import json
import sys
import time

import numpy as np

MEAN = np.float32(1 / np.sqrt(2 * np.pi))


def normal(rng, *shape):
    return rng.standard_normal(shape, dtype=np.float32)


def unit(rng, length):
    v = normal(rng, length)
    return v / np.linalg.norm(v)


def signal(weights, readout, x, labels, rate):
    """Rows (eta/n) y_i (a . act'(W x_i))."""
    active = (x @ weights.T) > 0
    return active * ((rate / len(labels)) * labels[:, None] * readout[None, :]).astype(np.float32)


def trial(d, seed, lean):
    p, n, tau = d, 4 * d, np.float32(1)
    rng = np.random.default_rng(seed)
    directions = np.linalg.qr(normal(rng, d, 2))[0]
    scale = np.float32(1 / np.sqrt(d))

    a_t, w_0 = unit(rng, p), normal(rng, p, d) * scale
    x = normal(rng, n, d)
    projections = x @ directions
    y = projections[:, 0] + projections[:, 1] ** 2 - 1
    step = signal(w_0, a_t, x, y, 1.0).T @ x
    w_t = w_0 + step
    teacher = np.linalg.norm(step @ directions, axis=0)
    learned = a_t @ step
    cosine = learned @ directions[:, 0] / np.linalg.norm(learned)
    del w_0, step

    a_s, spike, w_bar = unit(rng, p), unit(rng, p), normal(rng, p, d) * scale
    w_s = w_bar + tau * np.outer(spike, directions[:, 1])
    x = normal(rng, n, d)
    labels = (np.maximum(x @ w_t.T, 0) - MEAN) @ a_t
    back = signal(w_s, a_s, x, labels, 1.0)
    if lean:
        update = back.T @ (x @ directions) + tau * np.outer(spike, [0, 1])
    else:
        update = (w_s + back.T @ x - w_bar) @ directions
    student = np.linalg.norm(update, axis=0)
    label_easy = directions[:, 0] @ (x.T @ labels) / n
    return {
        "teacher_update_easy": teacher[0], "teacher_update_hard": teacher[1], "teacher_cosine": cosine,
        "label_direction_easy": label_easy, "student_update_easy": student[0], "student_update_hard_spike": student[1],
    }


def main():
    numbers = [int(word) for word in sys.argv[1:] if not word.startswith("-")]
    d = numbers[0] if numbers else 2000
    repeats = numbers[1] if len(numbers) > 1 else 3
    lean = "--lean" in sys.argv
    seconds = []
    for seed in range(repeats):
        start = time.perf_counter()
        measured = trial(d, seed, lean)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"d": d, "lean": lean, "seconds": min(seconds), "measured": {k: float(v) for k, v in measured.items()}}))


if __name__ == "__main__":
    main()
