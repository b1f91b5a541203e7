#!/usr/bin/env python3
"""Random arguments for the C interface, one line "STUDY JSON" each: fuzz.py CATALOGUE.json COUNT [SEED] > lines.

Half of a line's values are of the right kind and small, so that many lines run; the rest is anything that JSON can say.
"""

import json
import random
import sys

WORDS = ["", " ", "inf", "nan", "-1", "1e999", "best", "optimal", "true", "0.01:10:5", "1:2:3:4", "1,2,,3", "x" * 200, "é\u2028\u0001", "%00", "-", "/", "."]


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        studies = json.load(file)
    random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    for _ in range(int(sys.argv[2])):
        study = random.choice(studies)
        print(study["name"] if random.random() < 0.99 else random.choice(["", "nothing", "é"]), arguments(study))


def arguments(study: dict) -> str:
    chosen = {}
    if study["examples"] and random.random() < 0.5:
        chosen.update(random.choice(study["examples"])["arguments"])
    for parameter in random.sample(study["parameters"], random.randint(0, min(3, len(study["parameters"])))):
        chosen[parameter["name"]] = good(parameter) if random.random() < 0.5 else anything(0)
    if any(parameter["name"] == "trials" for parameter in study["parameters"]):
        chosen.setdefault("trials", 2)
    if random.random() < 0.02:
        chosen[random.choice(WORDS)] = anything(0)
    text = json.dumps(chosen, ensure_ascii=random.random() < 0.5)
    if random.random() < 0.05:
        place = random.randint(0, len(text))
        text = text[:place] + random.choice(['"', "{", "]", "\\ud800", "\\", ",", ""]) + text[place + random.randint(0, 3):]
    return text.replace("\n", " ")


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
