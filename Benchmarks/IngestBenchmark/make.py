#!/usr/bin/env python3
"""Writes files for the benchmark of ingest: search-and-learn-shaped rollouts, and score files for them.

make.py rollouts FILE --problems 500 --completions 256 --bytes 1000 --scores 8
make.py scores FILE --problems 500 --completions 256 --scores 16
make.py long FILE --lines 40 --line-mb 50
"""

import argparse
import json
import random


def completion(rng, size, steps, answer):
    """A text of about `size` bytes in `steps` paragraphs whose last one boxes an answer."""
    words = "we then add both sides of the equation and divide by two so that $x^2 + 3x$ becomes \\frac{a}{b}".split()
    conclusion = f"The final answer is $\\boxed{{{answer}}}$."
    room = max(1, (size - len(conclusion)) // (steps - 1) - 2) if steps > 1 else 1
    parts = []
    for _ in range(steps - 1):
        text = f"Step {len(parts) + 1}:"
        while len(text) < room:
            text += " " + words[int(rng.random() * len(words))]
        parts.append(text[:room].rstrip())
    return "\n\n".join(parts + [conclusion])


def answers(rng):
    """A gold answer and wrong ones: integers, fractions, decimals, tuples, as a competition has them."""
    gold = rng.choice(["{}", "\\frac{{{}}}{{7}}", "{}.5", "({}, 2)", "{}\\sqrt{{2}}", "{}\\pi"]).format(rng.randint(1, 999))
    return gold, [str(rng.randint(1, 999)) for _ in range(20)]


def rollouts(options):
    rng = random.Random(1)
    texts = [completion(rng, options.bytes, options.scores, "@") for _ in range(64)]
    with open(options.file, "w") as out:
        for index in range(options.problems):
            gold, wrong = answers(rng)
            chosen = [gold if rng.random() < 0.4 else wrong[int(rng.random() * 20)] for _ in range(options.completions)]
            row = {
                "problem": f"What is the value of expression number {index}?", "solution": "", "answer": gold,
                "subject": "Algebra", "level": index % 5 + 1, "unique_id": f"test/algebra/{index}.json",
                "completions": [f"Attempt {n}. " + texts[int(rng.random() * 64)].replace("@", c) for n, c in enumerate(chosen)],
                "scores": [[rng.random() for _ in range(options.scores)] for _ in chosen],
                "completion_tokens": [options.bytes // 4 for _ in chosen], "pred": chosen[0],
            }
            out.write(json.dumps(row) + "\n")


def scores(options):
    rng = random.Random(2)
    with open(options.file, "w") as out:
        for index in range(options.problems):
            for rollout in range(options.completions):
                row = {
                    "problem": f"test/algebra/{index}.json", "rollout": rollout, "scorer": "second",
                    "scores": [rng.random() for _ in range(options.scores)],
                    "prefixScores": [rng.random() for _ in range(options.scores)],
                }
                out.write(json.dumps(row) + "\n")


def long(options):
    """Lines of many megabytes each: one problem, thousands of completions."""
    rng = random.Random(3)
    text = completion(rng, 4000, 8, "17")
    count = options.line_mb * 1000000 // (len(json.dumps(text)) + 180)
    with open(options.file, "w") as out:
        for index in range(options.lines):
            row = {
                "problem": f"What is the value of expression number {index}?", "answer": "17",
                "unique_id": f"test/long/{index}.json", "completions": [f"Attempt {n}. " + text for n in range(count)],
                "scores": [[rng.random() for _ in range(8)] for _ in range(count)],
            }
            out.write(json.dumps(row) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["rollouts", "scores", "long"])
    parser.add_argument("file")
    for name, default in [("problems", 500), ("completions", 256), ("bytes", 1000), ("scores", 8), ("lines", 40)]:
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--line-mb", type=int, default=50)
    options = parser.parse_args()
    {"rollouts": rollouts, "scores": scores, "long": long}[options.kind](options)


main()
