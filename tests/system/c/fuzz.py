#!/usr/bin/env python3
"""Random arguments for the C interface, one line "STUDY JSON" each: fuzz.py CATALOGUE.json COUNT [SEED] > lines.

A line begins with arguments that run, small ones, or with none, and some of them are replaced: by values of the right kind, or by anything
that JSON can say. Most lines are of the study that runs quickest, so that many run to their end.
"""

import json
import random
import sys

WORDS = ["", " ", "inf", "nan", "-1", "1e999", "best", "optimal", "true", "0.01:10:5", "1:2:3:4", "1,2,,3", "x" * 200,
         "é\u2028\u0001", "%00", "-", "/", "."]

NETWORK = {"d": 8, "width_teacher": 6, "width_student": 6, "n_teacher": 20, "n_student": 20, "trials": 1, "true_labels": 20}
RUNS = {
    "limits": {"gamma_teacher": 0.25, "gamma_student": 1.2, "lambda_teacher": 0.1, "lambda_student": [0.1, 1], "noise_variance": 1},
    "simulate": {"d": 6, "n_teacher": 12, "n_student": 5, "noise_variance": 1, "lambda_teacher": 0.1, "lambda_student": 1, "trials": 2},
    "network-updates": {name: value for name, value in NETWORK.items() if name != "true_labels"},
    "network-readouts": NETWORK,
    "network-forgetting": {**NETWORK, "steps": 1},
    "network-spectrum": {name: value for name, value in NETWORK.items() if name != "true_labels"},
    "chain": {
        "specification": "noise_variance = 1\n[spectrum]\nvalues = [2, 1]\n[target]\nvalues = [1, -1]\n"
                         "[[stage]]\nname = 'a'\nn = 9\nridge = 0.1",
        "simulate": 2,
    },
    "data": {"n_teacher": 20, "n_student": 20, "n_test": 20, "weak_map": "pool:4x4", "strong_map": "pool:2x2", "lambda_teacher": 1,
             "lambda_student": 1},
    "verify": {"claim": "lemma-12"},
}


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        studies = json.load(file)
    random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    for _ in range(int(sys.argv[2])):
        study = next(s for s in studies if s["name"] == "limits") if random.random() < 0.9 else random.choice(studies)
        print(study["name"] if random.random() < 0.99 else random.choice(["", "nothing", "é"]), arguments(study))


def arguments(study: dict) -> str:
    quick = study["name"] == "limits"
    chosen = dict(RUNS[study["name"]]) if random.random() < (0.6 if quick else 0.15) else {}
    for parameter in random.sample(study["parameters"], random.randint(0, min(3, len(study["parameters"])))):
        # Other studies than the quickest would often run for long.
        chosen[parameter["name"]] = good(parameter) if random.random() < (0.5 if quick else 0.1) else anything(0)
    if random.random() < 0.02:
        chosen[random.choice(WORDS)] = anything(0)
    text = json.dumps(chosen, ensure_ascii=random.random() < 0.5)
    if random.random() < 0.05:
        place = random.randint(0, len(text))
        text = text[:place] + random.choice(['"', "{", "]", "\\ud800", "\\", ",", ""]) + text[place + random.randint(0, 3):]
    return text


def good(parameter: dict) -> object:
    kind = parameter["kind"]
    if kind == "word":
        return random.choice(parameter["words"])
    if kind == "flag":
        return random.random() < 0.5
    if kind == "number":
        value = random.choice([0, 0.1, 0.5, 1, 2.5])
        return sorted(random.sample([0.01, 0.1, 0.5, 1, 3], random.randint(1, 3))) if parameter["axis"] and random.random() < 0.3 else value
    if kind == "whole_number":
        return random.choice([1, 2, 3, 10, 20])
    return random.choice(WORDS)


def anything(depth: int) -> object:
    kind = random.randint(0, 8 if depth < 3 else 5)
    if kind == 0:
        return None
    if kind == 1:
        return random.choice([True, False])
    if kind == 2:
        return random.choice([0, 1, -1, 2**31, 2**63, 2**64, -(2**63), 10**30, 7])
    if kind == 3:
        return random.choice([0.0, -0.0, 1e-308, 5e-324, 1e308, 0.1, 1 / 3, -2.5])
    if kind in (4, 5):
        return random.choice(WORDS)
    if kind == 6:
        return {random.choice(WORDS): anything(depth + 1)}
    return [anything(depth + 1) for _ in range(random.randint(0, 4))]


main()
