#!/usr/bin/env python3
"""Measures of classifiers by scikit-learn: metrics_scores.csv (scores and true classes) and metrics.csv beside this script.

Scores that are no probabilities are clipped to 0 and 1 and divided by their sum for log-loss and calibration; the AUC is of the scores
themselves. The calibration error is scikit-learn's calibration_curve of "the choice is right" against the largest probability, weighted by
the bins' rows. Run with Debian's python3-sklearn (1.2.1 made the checked-in tables): /usr/bin/python3 metrics_oracle.py
"""
from pathlib import Path

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import balanced_accuracy_score, log_loss, roc_auc_score

HERE = Path(__file__).parent


def main():
    random = np.random.default_rng(7)
    rows, results = [], []
    for name, classes, n, probabilities in [
        ("two", 2, 90, True), ("two-scores", 2, 70, False), ("four", 4, 120, True), ("four-scores", 4, 80, False),
    ]:
        y = random.choice(classes, n, p=np.arange(1, classes + 1) / np.arange(1, classes + 1).sum())
        raw = random.normal(size=(n, classes)) + 1.5 * np.eye(classes)[y]
        if probabilities:
            scores = np.exp(raw) / np.exp(raw).sum(1, keepdims=True)
            scores = np.round(scores, 1)  # ties
            scores[scores.sum(1) == 0] = 1
            scores /= scores.sum(1, keepdims=True)
        else:
            scores = 0.3 * raw + 0.3
            if classes == 2:
                scores[:, 0] = 1 - scores[:, 1]
        for i in range(n):
            rows.append([name, str(y[i]), *(repr(float(v)) for v in scores[i]), *["nan"] * (4 - classes)])
        clipped = np.clip(scores, 0, 1)
        p = clipped / clipped.sum(1, keepdims=True)
        choice = scores.argmax(1)
        auc = roc_auc_score(y, scores[:, 1]) if classes == 2 else np.mean([roc_auc_score(y == k, scores[:, k]) for k in range(classes)])
        top = p[np.arange(n), choice]
        share, mean = calibration_curve((choice == y).astype(int), top, n_bins=15)
        weights = np.histogram(top, np.linspace(0, 1, 16))[0]
        # calibration_curve puts a number on an edge into the bin below it; so does this count
        weights = np.bincount(np.searchsorted(np.linspace(0, 1, 16)[1:-1], top), minlength=15)
        ece = np.abs(share - mean) @ weights[weights > 0] / n
        loss = log_loss(y, np.clip(p, 2.0**-52, 1), labels=range(classes), eps=2.0**-52)
        results.append([name, *(repr(float(v)) for v in [balanced_accuracy_score(y, choice), auc, loss, ece])])

    def write(file, header, lines):
        (HERE / file).write_text("\n".join([header, *(",".join(line) for line in lines)]) + "\n")

    write("metrics_scores.csv", "case,class,score0,score1,score2,score3", rows)
    write("metrics.csv", "case,balanced_accuracy,auc,log_loss,ece", results)


main()
