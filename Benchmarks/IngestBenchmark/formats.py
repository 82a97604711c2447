#!/usr/bin/env python3
"""Writes a file or folder of every format (but Parquet), some 25 MB each, ingests it, and prints a table of megabytes a second.

formats.py RETRACE [FORMAT...] [--problems 400] [--completions 64] [--repeats 3]
With --dry-run nothing is stored; the table shows the fastest run of each.
"""

import argparse
import hashlib
import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
import time
import types

WORDS = "we then add both sides of the equation and divide by two so that $x^2 + 3x$ becomes \\frac{a}{b}".split()


class Maker:
    """What the files say: problems with answers, and answers in seven steps."""

    def __init__(self, options):
        self.rng = random.Random(1)
        self.completions = options.completions
        self.problems = [(f"bench/{n}", f"Problem {n}: {self.words(30)}?", self.rng.randrange(100))
                         for n in range(options.problems)]

    def words(self, count):
        return " ".join(WORDS[int(self.rng.random() * len(WORDS))] for _ in range(count))

    def steps(self, gold):
        answer = gold if self.rng.random() < 0.6 else self.rng.randrange(100)
        return [f"Step {n}: {self.words(22)}" for n in range(1, 7)] + [f"The answer is \\boxed{{{answer}}}."]

    def texts(self, gold, count=None):
        return ["\n\n".join(self.steps(gold)) for _ in range(count or self.completions)]

    def scores(self, count):
        return [self.rng.random() for _ in range(count)]


def retrace(make, rollouts):
    for name, statement, gold in make.problems:
        for _ in range(make.completions // rollouts):
            yield {"problem": {"id": name, "statement": statement, "answer": str(gold)}, "rollouts": [
                {"finish": "stop", "steps": [
                    {"text": text, "tokens": 20, "scores": {"prm": make.rng.random()}} for text in make.steps(gold)]}
                for _ in range(rollouts)]}


def search_and_learn(make):
    for name, statement, gold in make.problems:
        texts = make.texts(gold)
        yield {"problem": statement, "answer": str(gold), "unique_id": name, "completions": texts,
               "scores": [make.scores(7) for _ in texts], "completion_tokens": [200] * len(texts)}


def qwen_eval(make):
    for index, (_, statement, gold) in enumerate(make.problems):
        texts = make.texts(gold)
        yield {"idx": index, "question": statement, "gt": str(gold), "code": texts, "pred": [str(gold)] * len(texts),
               "score": [True] * len(texts), "pred_score": [make.scores(1) for _ in texts]}


def its_hub(make):
    for name, _, gold in make.problems:
        count = make.completions // 4
        yield {"unique_id": name, "answer": str(gold), "responses_lst": [make.texts(gold, count) for _ in range(4)],
               "log_weights_lst": [make.scores(count) for _ in range(4)], "ref_indices_lst": [[], [0], [1], [2]],
               "selected_index": 0, "steps_used_lst": [[7] * count] * 4}


def omegaprm_tree(make):
    def node(depth, gold):
        children = [node(depth + 1, gold) for _ in range(4 if depth < 3 else 2)] if depth < 4 else []
        return {"text": make.words(22) if children else make.steps(gold)[-1], "mc_value": 0.5, "children": children}
    for index, (_, statement, gold) in enumerate(make.problems):
        yield {"question": statement, "final_answer": str(gold), "question_id": index, "reasoning_steps": node(0, gold)}


def prm800k(make):
    for _ in range(8):
        for _, statement, gold in make.problems:
            steps = [{"completions": [{"text": text, "rating": rating, "flagged": False} for text, rating in
                                      [(make.words(20), 1), (make.words(20), -1), (make.words(20), 0)]],
                      "chosen_completion": 0} for _ in range(8)]
            last = {"completions": [{"text": f"# Answer\n\n{gold}", "rating": 1, "flagged": False}], "chosen_completion": 0}
            yield {"question": {"problem": statement, "ground_truth_answer": str(gold)},
                   "label": {"steps": steps + [last], "finish_reason": "solution"}}


def math_shepherd(make):
    for _ in range(make.completions // 2):
        for _, statement, gold in make.problems:
            marked = [f"Step {n}: {make.words(22)} " for n in range(1, 7)] + [f"Step 7: The answer is: {gold} "]
            yield {"input": statement + " " + "\n".join(step + "\u043a\u0438" for step in marked),
                   "label": statement + " " + "\n".join(step + "+" for step in marked), "task": "GSM8K"}


def openai_batch(make):
    for name, _, gold in make.problems:
        choices = [{"index": n, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
                   for n, text in enumerate(make.texts(gold))]
        yield {"custom_id": name, "response": {"status_code": 200, "body": {"model": "tiny", "choices": choices}}}


def lm_eval(make):
    for index, (_, statement, gold) in enumerate(make.problems):
        yield {"doc_id": index, "doc": {"problem": statement}, "target": str(gold), "resps": [make.texts(gold)],
               "filtered_resps": [str(gold)], "filter": "none", "exact_match": 1.0}


def online(make):
    for name, _, gold in make.problems:
        for replicate in range(4):
            nodes, ends = [], [-1] * 16
            for depth in range(7):
                texts = [make.words(22) if depth < 6 else make.steps(gold)[-1] for _ in ends]
                nodes += [{"parent": parent, "text": text, "tokens": 20, "score": 0.5, "prefixScore": 0.5}
                          for parent, text in zip(ends, texts)]
                ends = list(range(len(nodes) - len(texts), len(nodes)))
            yield {"problem": name, "method": "pf", "aggregate": "model", "budget": 16, "replicate": replicate,
                   "answer": str(gold), "right": True, "expected": 0.5, "tokens": 2000, "nodes": nodes, "final": ends}


def lines(records):
    def write(make, path):
        with open(path + ".jsonl", "w") as out:
            for record in records(make):
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        return path + ".jsonl"
    return write


def crucible(make, path):
    records = [{"problem_id": name, "gold": str(gold), "traces": [
        {"text": text, "tokens": 200, "correct": True, "prm_score": 0.5} for text in make.texts(gold)]}
        for name, _, gold in make.problems]
    with open(path + ".json", "w") as out:
        json.dump({"meta": {"model": "tiny", "prm": "some/prm"}, "records": records}, out)
    return path + ".json"


def crucible_cassettes(make, path):
    records, scores = [], {}
    for name, statement, gold in make.problems:
        traces = [make.steps(gold) for _ in range(make.completions // 4)]
        for steps in traces:
            for count in range(1, len(steps) + 1):
                digest = hashlib.sha256("\x1f".join(steps[:count]).encode()).hexdigest()[:16]
                scores[f"{name}:{digest}"] = make.scores(count)
        records.append({"problem": {"id": name, "prompt": statement, "answer": str(gold)}, "traces": [
            {"steps": [{"text": text, "token_count": 20} for text in steps], "compute": 140} for steps in traces]})
    os.mkdir(path)
    for file, content in [("generation", {"backend": "vllm", "model": "tiny", "records": records, "problems": []}),
                          ("prm", {"prm": "prm", "model_id": "some/prm", "records": scores})]:
        with open(f"{path}/{file}.json", "w") as out:
            json.dump(content, out)
    return path


def openr(make, path):
    for index, (_, statement, gold) in enumerate(make.problems):
        os.makedirs(f"{path}/question_{index}")
        output = [{"path_idx": n, "text": text + "\n\n", "value": make.scores(7), "completion_tokens": 200}
                  for n, text in enumerate(make.texts(gold))]
        with open(f"{path}/question_{index}/record_0.jsonl", "w") as out:
            out.write(json.dumps({"question": statement, "groundtruth": str(gold), "result": {}, "output": output}) + "\n")
    return path


class Particle:
    """The attributes of the original's class, under its name."""

    def __init__(self, trajectory, rewards):
        self.trajectory, self.rewards, self.steps = trajectory, rewards, len(trajectory)
        self.active, self.preferred, self.temperature = False, False, 0.8


def pis(make, path):
    module = types.ModuleType("sal.search.particle_gibbs")
    module.Particle, Particle.__module__ = Particle, module.__name__
    sys.modules.update({"sal": types.ModuleType("sal"), "sal.search": types.ModuleType("sal.search"), module.__name__: module})
    os.mkdir(path)
    for name, _, gold in make.problems:
        particles = [Particle(steps, make.scores(7)) for steps in map(make.steps, [gold] * make.completions)]
        with open(f"{path}/{name.replace('/', '_')}.pkl", "wb") as out:
            pickle.dump([particles], out)
    return path


def monkeys(make, path):
    os.mkdir(path)
    for index, (_, statement, gold) in enumerate(make.problems):
        samples = "".join(f"- {json.dumps(text)}\n" for text in make.texts(gold))
        with open(f"{path}/{index}.yaml", "w") as out:
            out.write(f"prompt: {json.dumps(statement)}\nquestion: {json.dumps(statement)}\ngt_answer: '{gold}'\n"
                      f"samples:\n{samples}is_corrects:\n" + "- true\n" * make.completions)
    return path


FORMATS = {
    "retrace": lines(lambda make: retrace(make, make.completions)), "retrace, a rollout a line": lines(lambda make: retrace(make, 1)),
    "search-and-learn": lines(search_and_learn), "pis": pis, "its-hub": lines(its_hub), "crucible": crucible,
    "crucible, cassettes": crucible_cassettes, "qwen-eval": lines(qwen_eval), "openr": openr,
    "omegaprm-tree": lines(omegaprm_tree), "prm800k": lines(prm800k), "math-shepherd": lines(math_shepherd),
    "openai-batch": lines(openai_batch), "lm-eval": lines(lm_eval), "monkeys": monkeys, "online": lines(online),
}
WITHOUT_ANSWERS = {"pis", "math-shepherd", "openai-batch", "online"}


def size(path):
    files = [path] if os.path.isfile(path) else [os.path.join(at, name) for at, _, names in os.walk(path) for name in names]
    return sum(map(os.path.getsize, files)) / 1e6, len(files)


def fastest(command, store, repeats):
    best = None
    for _ in range(repeats):
        for ending in ["", "-wal", "-shm"]:
            if os.path.exists(store + ending):
                os.remove(store + ending)
        start = time.perf_counter()
        run = subprocess.run(command, capture_output=True, text=True)
        seconds = time.perf_counter() - start
        if run.returncode != 0:
            sys.exit(f"{' '.join(command)} failed:\n{run.stderr}")
        best = min(best or seconds, seconds)
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("retrace")
    parser.add_argument("formats", nargs="*", help="some of: " + "; ".join(FORMATS))
    for name, default in [("problems", 400), ("completions", 64), ("repeats", 3)]:
        parser.add_argument("--" + name, type=int, default=default)
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="retrace-bench-")
    try:
        make = Maker(options)
        table = work + "/problems.jsonl"
        with open(table, "w") as out:
            for name, statement, gold in make.problems:
                out.write(json.dumps({"unique_id": name, "problem": statement, "answer": str(gold)}) + "\n")
        print("| format | MB | files | read, MB/s | stored, MB/s |\n|---|---|---|---|---|")
        for number, name in enumerate(options.formats or FORMATS):
            path = FORMATS[name](make, f"{work}/samples_{number}")
            store = work + "/store.retrace"
            command = [options.retrace, "ingest", path, "--into", store, "--quiet"]
            command += ["--problems", table] if name in WITHOUT_ANSWERS else []
            megabytes, files = size(path)
            read = fastest(command + ["--dry-run"], store, options.repeats)
            stored = fastest(command, store, options.repeats)
            print(f"| {name} | {megabytes:.0f} | {files} | {megabytes / read:.0f} | {megabytes / stored:.0f} |", flush=True)
    finally:
        shutil.rmtree(work)


main()
