#!/usr/bin/env python3
"""Records what published programs do with a stub model and a stub scorer, as golden files for the preset tests.

The stub model makes up a new step at every call, so that a recording holds every continuation that the program drew, in
order; the stub scorer gives each step a score of its own. Random choices (resampling, reference paths) are recorded
with the weights they were drawn by. Nothing of the programs is kept but what they did.

Usage: record-preset-goldens.py OUTPUT [--sal DIR] [--pis DIR] [--cot DIR] [--rpc DIR]
  its-hub 1.2.0 is imported (pip install its-hub==1.2.0 numpy); the others are checkouts of search-and-learn at 6f81cac,
  probabilistic-inference-scaling at f75d461, compute-optimal-tts at 0ee2578, and WNJXYK/RPC at ec0d75a (which needs
  scipy). Programs that are not given are left out.
"""

import argparse
import asyncio
import importlib.util
import json
import math
import os
import pickle
import random
import sys
import tempfile
import types


class StubModel:
    """Steps made up as they are asked for: a tree of everything that was drawn."""

    def __init__(self, seed, deepest=5):
        self.random = random.Random(seed)
        self.deepest = deepest
        self.nodes = []  # parent, score, class of the answer or None where the path goes on, true where greedy
        self.depths = []
        self.greedy_successor = {}

    def draw(self, parent):
        depth = 1 if parent < 0 else self.depths[parent] + 1
        over = depth >= self.deepest or (depth >= 2 and self.random.random() < 0.3)
        score = round(0.02 + 0.96 * self.random.random(), 9)
        self.nodes.append([parent, score, self.random.choice([0, 0, 1, 2]) if over else None])
        self.depths.append(depth)
        return len(self.nodes) - 1

    def draw_greedily(self, parent):
        """The same step at every call, as a model at temperature 0."""
        if parent not in self.greedy_successor:
            node = self.draw(parent)
            self.nodes[node].append(True)
            self.greedy_successor[parent] = node
        return self.greedy_successor[parent]

    def is_over(self, node):
        return node >= 0 and self.nodes[node][2] is not None

    def score(self, node):
        return self.nodes[node][1]


def name(node):
    return f"n{node}|"


def last(text):
    parts = [part for part in text.split("|") if part.strip()]
    return int(parts[-1].strip().rstrip("!")[1:]) if parts else -1


def path(text):
    return [int(part.strip()[1:]) for part in text.split("|") if part.strip()]


def golden(program, method, budget, options, model, final, selected, draws=()):
    return {
        "program": program, "method": method, "budget": budget, "options": options, "nodes": model.nodes,
        "draws": list(draws), "final": final, "selected": selected,
    }


def identities(population, chosen):
    return [next(i for i, one in enumerate(population) if one is other) for other in chosen]


# its-hub


class StubStepGeneration:
    max_steps = 40

    def __init__(self, model):
        self.model = model

    async def aforward(self, lm, prompts, steps_so_far, **_):
        results = []
        for steps in steps_so_far:
            node = self.model.draw(last(steps[-1]) if steps else -1)
            results.append((name(node), self.model.is_over(node)))
        return results

    def _post_process(self, steps, stopped=False):
        return "".join(steps)


class StubChat:
    """A language model for the program's own way of taking steps, with "|" between steps and "!" at an end."""

    def __init__(self, model):
        self.model = model

    async def agenerate(self, messages_lst, **_):
        responses = []
        for messages in messages_lst:
            node = self.model.draw(last(messages[-1].content) if messages[-1].role == "assistant" else -1)
            responses.append({"role": "assistant", "content": f"n{node}" + ("!" if self.model.is_over(node) else "")})
        return responses


def step_generation(model, options):
    """How the program takes steps, and from which language model: its own way where the steps are limited."""
    if "maxSteps" not in options:
        return StubStepGeneration(model), None
    from its_hub.core.lms.step_generation import StepGeneration

    return StepGeneration(int(options["maxSteps"]), step_token="|", stop_token="!"), StubChat(model)


class StubReward:
    def __init__(self, model):
        self.model = model

    async def ascore(self, prompt, texts):
        return [self.model.score(last(text)) for text in texts]


def its_hub_filters():
    from its_hub.core.algorithms import particle_gibbs as source

    cases = [("pf", 1, 8, {}), ("pf", 1, 1, {}), ("epf", 1, 8, {"annealing": "ess"}),
             ("epf", 1, 6, {"annealing": "entropy"}), ("epf", 1, 2, {"annealing": "entropy"}),
             ("epf", 1, 8, {"annealing": "base"}), ("pg", 3, 12, {}), ("pg", 2, 8, {}),
             ("epf", 1, 8, {"annealing": "ess", "maxSteps": "3"}), ("pf", 1, 8, {"maxSteps": "1"}),
             ("pg", 2, 8, {"maxSteps": "2"}), ("pg", 3, 9, {"maxSteps": "1"})]
    for number, (method, iterations, budget, options) in enumerate(cases):
        model = StubModel(100 + number, deepest=4 if method == "pf" else 6)
        rules = {"num_iterations": iterations}
        if method == "epf":
            rules.update(does_entropic_annealing=True, resampling_method="systematic",
                         temperature_method=options["annealing"])
        generation, language_model = step_generation(model, options)
        algorithm = source.ParticleGibbs(generation, StubReward(model), **rules)
        draws = []
        original = algorithm._resampling

        def resampling(particles, probabilities, count, original=original, draws=draws):
            chosen = original(particles, probabilities, count)
            draws.append({"choices": identities(particles, chosen), "weights": [float(p) for p in probabilities]})
            return chosen

        algorithm._resampling = resampling
        chooser = source.random.choices

        def choices(population, weights=None, k=1, draws=draws):
            chosen = chooser(population, weights=weights, k=k)
            if isinstance(population, range):
                draws.append({"choices": list(chosen), "weights": [float(w) for w in weights], "reference": True})
            return chosen

        source.random.choices = choices
        source.random.seed(number)
        source.np.random.seed(number)
        result = asyncio.run(algorithm.ainfer(language_model, "question", budget, return_response_only=False))
        source.random.choices = chooser
        # The choice of a reference after the last iteration is made and not used.
        draws.pop()
        final = [last(response["content"]) for response in result.responses_lst[-1]]
        set_options = dict(options)
        if method == "pg":
            set_options["iterations"] = str(iterations)
        yield golden("its_hub", method, budget, set_options, model, final, final[result.selected_index], draws)


def its_hub_beams():
    from its_hub.core.algorithms import beam_search as source

    cases = [(2, 8, {}), (4, 4, {}), (4, 16, {}), (2, 4, {}), (1, 3, {}), (2, 8, {"maxSteps": "2"}),
             (1, 4, {"maxSteps": "1"})]
    for number, (width, budget, options) in enumerate(cases):
        model = StubModel(200 + number)
        generation, language_model = step_generation(model, options)
        algorithm = source.BeamSearch(generation, StubReward(model), beam_width=width)
        result = asyncio.run(algorithm.ainfer(language_model, "question", budget, return_response_only=False))
        final = [last(response["content"]) for response in result.responses]
        set_options = {"width": str(width)} | options
        yield golden("its_hub", "beam", budget, set_options, model, final, final[result.selected_index])


def its_hub_votes():
    """Adaptive votes over made-up responses, some without an answer: how many are asked for, and how the votes stand."""
    from its_hub.core.algorithms.adaptive_self_consistency import AdaptiveSelfConsistency
    from its_hub.core.algorithms.self_consistency import create_regex_projection_function

    class Orchestrator:
        def __init__(self, responses):
            self.responses = iter(responses)

        async def agenerate(self, lm, batch, **_):
            return [{"role": "assistant", "content": next(self.responses)} for _ in batch]

    chooser = random.Random(12)
    for number in range(80):
        budget = chooser.choice([1, 2, 3, 4, 8, 16, 32])
        # In every other row answers are often lacking.
        kinds = ["0", "0", "1", "2", None] if number % 2 == 0 else ["0", None, None, None, "1"]
        kinds = kinds[: chooser.randint(2, len(kinds))]
        answers = [chooser.choice(kinds) for _ in range(budget)]
        texts = ["no answer" if answer is None else f"it is \\boxed{{{answer}}}" for answer in answers]
        algorithm = AdaptiveSelfConsistency(
            consistency_space_projection_func=create_regex_projection_function(r"\\boxed\{([^}]*)\}"),
            orchestrator=Orchestrator(texts))
        result = asyncio.run(algorithm.ainfer(None, "question", budget, return_response_only=False))
        counts = {answer[0]: votes for answer, votes in result.response_counts.items()}
        winners = [answer for answer, votes in counts.items() if votes == max(counts.values())]
        yield {"answers": answers, "budget": budget, "draws": len(result.responses),
               "right": winners.count("0") / len(winners)}


# search-and-learn


def stub_modules(names):
    class Anything:
        def __init__(self, *arguments, **values):
            self.__dict__.update(values)

        def __call__(self, *arguments, **values):
            return self

        def __getattr__(self, attribute):
            return Anything()

    for module in names:
        stub = types.ModuleType(module)
        stub.__getattr__ = lambda attribute: Anything
        stub.__path__ = []
        sys.modules[module] = stub


def load(path, module):
    specification = importlib.util.spec_from_file_location(module, path)
    loaded = importlib.util.module_from_spec(specification)
    sys.modules[module] = loaded
    specification.loader.exec_module(loaded)
    return loaded


class StubTokenizer:
    chat_template = None

    def apply_chat_template(self, conversations, **_):
        return [c[-1]["content"] if c[-1]["role"] == "assistant" else "" for c in conversations]


class StubLanguageModel:
    def __init__(self, model):
        self.model = model

    def get_tokenizer(self):
        return StubTokenizer()

    def generate(self, prompts, sampling_params, **_):
        draw = self.model.draw_greedily if sampling_params.temperature == 0.0 else self.model.draw
        results = []
        for text in prompts:
            node = draw(last(text))
            output = types.SimpleNamespace(text=name(node), stop_reason=None if self.model.is_over(node) else "\n\n")
            results.append(types.SimpleNamespace(outputs=[output]))
        return results


class StubProcessReward:
    def __init__(self, model):
        self.model = model

    def score(self, prompts, completions):
        return [[[self.model.score(node) for node in path(text)] for text in texts] for texts in completions]


def sal_modules(root):
    stub_modules(["vllm", "tqdm", "datasets", "sal", "sal.config", "sal.models", "sal.models.reward_models",
                  "sal.utils", "sal.utils.math", "sal.search"])
    sys.modules["tqdm"].tqdm = lambda iterable, **_: iterable
    score = load(os.path.join(root, "src/sal/utils/score.py"), "sal.utils.score")
    load(os.path.join(root, "src/sal/search/utils.py"), "sal.search.utils")
    beam = load(os.path.join(root, "src/sal/search/beam_search.py"), "sal.search.beam_search")
    dvts = load(os.path.join(root, "src/sal/search/diverse_verifier_tree_search.py"),
                "sal.search.diverse_verifier_tree_search")
    return score, beam, dvts


def sal_config(n, width, strategy, **values):
    values = {"sort_completed": False, "filter_duplicates": False, "lookahead": 0, **values}
    return types.SimpleNamespace(
        n=n, beam_width=width, n_beams=n // width, num_iterations=40, temperature=0.8, max_tokens=2048,
        top_p=1.0, agg_strategy=strategy, system_prompt="", custom_chat_template=None, **values)


def with_lookahead(steps):
    return {"lookahead": str(steps)} if steps > 0 else {}


AGGREGATES = {"last": "last", "min": "min", "prod": "product"}


def sal_searches(root):
    score, beam, dvts = sal_modules(root)
    cases = [(8, 4, "last", False, 0), (8, 2, "min", False, 0), (4, 4, "last", False, 0), (2, 4, "last", False, 0),
             (8, 4, "prod", True, 0), (6, 4, "last", True, 0), (8, 4, "last", False, 2)]
    for number, (n, width, strategy, sort, lookahead) in enumerate(cases):
        model = StubModel(300 + number)
        config = sal_config(n, width, strategy, sort_completed=sort, lookahead=lookahead)
        results = beam.beam_search(
            {"problem": ["question"]}, config, StubLanguageModel(model), StubProcessReward(model))
        final = [last(text) for text in results["completions"][0]]
        options = {"width": str(width), "sortCompleted": str(sort).lower()} | with_lookahead(lookahead)
        yield golden("sal", "beam", n, options, model, final, last(results["pred"][0])) | {
            "aggregate": AGGREGATES[strategy]}
    cases = [(8, 4, "last", 0), (4, 4, "min", 0), (6, 2, "prod", 0), (8, 4, "last", 1), (8, 4, "last", 3),
             (12, 3, "min", 2), (12, 2, "prod", 2)]
    for number, (n, width, strategy, lookahead) in enumerate(cases):
        model = StubModel(320 + number, deepest=5 if lookahead == 0 else 8)
        config = sal_config(n, width, strategy, lookahead=lookahead)
        results = dvts.dvts({"problem": ["question"]}, config, StubLanguageModel(model), StubProcessReward(model))
        final = [last(text) for text in results["completions"][0]]
        options = {"width": str(width)} | with_lookahead(lookahead)
        yield golden("sal", "dvts", n, options, model, final, last(results["pred"][0])) | {
            "aggregate": AGGREGATES[strategy]}


def sal_selections(root):
    stub_modules(["latex2sympy2", "sympy", "sal", "sal.utils", "sal.utils.qwen_math_parser", "datasets"])
    source = load(os.path.join(root, "src/sal/utils/math.py"), "sal.utils.math")
    source.memoized_canonical_form = lambda text, *_: text
    chooser = random.Random(9)
    rows = []
    for _ in range(60):
        count = chooser.randint(1, 9)
        answers = [chooser.choice(["0", "0", "1", "2", ""]) for _ in range(count)]
        scores = [chooser.choice([0.1, 0.2, 0.3, 0.4, 0.5]) for _ in range(count)]
        n = chooser.randint(1, count)
        example = {f"preds@{n}": answers[:n], f"agg_scores@{n}": scores[:n]}
        found = {
            "bon": source.compute_naive_pred(example, n)[f"pred_naive@{n}"],
            "wbon": source.compute_weighted_pred(example, n)[f"pred_weighted@{n}"],
            "majority": source.compute_maj_pred(example, n)[f"pred_maj@{n}"],
        }
        rows.append({"answers": answers, "scores": scores, "budget": n,
                     "predictions": {key: value[len("\\boxed{"):-1] for key, value in found.items()}})
    return rows


# probabilistic-inference-scaling


def pis_filters(root):
    stub_modules(["vllm", "torch", "datasets", "sal", "sal.config", "sal.models", "sal.models.reward_models",
                  "sal.utils", "sal.utils.data", "sal.utils.math", "sal.utils.grader", "sal.utils.qwen_math_parser"])
    for module in ["sal.utils.math", "sal.utils.grader", "sal.utils.qwen_math_parser"]:
        sys.modules[module].__all__ = []
    source = load(os.path.join(root, "src/sal/search/particle_gibbs_batch.py"), "pis_particle_gibbs_batch")
    cases = [(1, 8, ()), (1, 1, ()), (1, 6, (2.0, 1.0, 4)), (3, 4, ()), (2, 5, ())]
    for number, (iterations, particles, annealing) in enumerate(cases):
        model = StubModel(400 + number)

        def steps(question, llm, config, particles_steps_so_far=[[]], first=False, temperature=0.8, n_particles=1,
                  model=model):
            before = [[] for _ in range(n_particles)] if first else particles_steps_so_far
            texts, stops = [], []
            for trajectory in before:
                parent = last(trajectory[-1]) if trajectory else -1
                # Finished particles are asked, too; the program drops what comes back.
                node = parent if model.is_over(parent) else model.draw(parent)
                texts.append(name(node))
                stops.append("EOS" if model.is_over(node) else "END OF STEP")
            return texts, stops

        source.take_a_step_for_batch = steps
        draws = []
        chooser = source.np.random.choice

        def choice(population, size=None, p=None, replace=True, draws=draws, chooser=chooser):
            indices = [int(i) for i in chooser(len(population), size=size, p=p, replace=replace)]
            draws.append({"choices": indices, "weights": [float(w) for w in p], "reference": size == 1})
            return [population[i] for i in indices]

        source.np.random.choice = choice
        source.np.random.seed(number)
        with tempfile.TemporaryDirectory() as folder:
            config = types.SimpleNamespace(output_dir=folder)
            source.particle_gibbs_batch(
                {"unique_id": "q", "problem": "question"}, config, None, StubProcessReward(model),
                total_timesteps=iterations, n_particles=particles, temperature_annealing=annealing)
            with open(os.path.join(folder, "q.pkl"), "rb") as file:
                final_particles = pickle.load(file)[-1]
        source.np.random.choice = chooser
        final = [last(particle.trajectory[-1]) for particle in final_particles]
        rewards = [particle.rewards[-1] for particle in final_particles]
        options = {}
        if annealing:
            options["annealing"] = "linear({},{},{})".format(*annealing)
        if iterations > 1:
            options["iterations"] = str(iterations)
        method = "pf" if iterations == 1 else "pg"
        yield golden("pis", method, particles * iterations, options, model, final, final[rewards.index(max(rewards))],
                     draws)


# compute-optimal-tts


class StubEnvironment:
    def __init__(self, model, width, kept):
        self.model, self.width, self.kept = model, width, kept
        self.node = -1
        self.answer = ""
        self.reward_history = self.token_history = self.prob_history = self.model_history = []
        self.legal_actions = []

    def copy(self):
        other = StubEnvironment(self.model, self.width, self.kept)
        other.node, other.answer = self.node, self.answer
        return other

    def offer(self, width):
        drawn = [self.model.draw(self.node) for _ in range(width)]
        self.legal_actions = drawn

    def reset(self, **_):
        self.offer(self.width)
        return None, {"api_completion_token": 0}

    def get_state(self, **_):
        return ""

    def step(self, action, **_):
        self.node = action
        self.answer += name(action)
        over = self.model.is_over(action)
        if not over:
            self.offer(self.width // self.kept)
        return None, 0, over, False, {"api_completion_token": 0}


def cot_beams(root):
    stub_modules(["torch", "torch.nn", "utils", "envs", "envs.base_env", "loguru", "reason", "reason.profiling",
                  "reason.profiling.nvtx_utils"])
    source = load(os.path.join(root, "src/reason/guided_search/tree.py"), "cot_tree")
    for number, (width, kept) in enumerate([(4, 1), (8, 2), (8, 4), (4, 4), (6, 3)]):
        model = StubModel(500 + number)

        def expand(self, node, environment, reward, model=model):
            for action in environment.legal_actions:
                child = source.LanguageNode(parent=node, last_action=action, initial_value=model.score(action),
                                            num_generated_token=1)
                node._children[action] = child

        source.SearchTree._expand_leaf_node = expand
        tree = source.SearchTree({})
        environment = StubEnvironment(model, width, kept)
        results = tree.beam_search(environment, kept, 40, None)
        final = [last(result["text"]) for result in results]
        values = [result["value"] for result in results]
        yield golden("cot", "beam", width, {"numSeq": str(kept)}, model, final, final[values.index(max(values))])


# RPC


def rpc_votes(root):
    stubs = ["metrics", "tqdm", "fraction", "data_processing", "data_processing.answer_extraction", "eval",
             "eval.eval_script", "compute_perp", "compute_sc"]
    stub_modules(stubs)
    for module in stubs:
        sys.modules[module].__all__ = []
    load(os.path.join(root, "compute_perp.py"), "compute_perp")
    load(os.path.join(root, "compute_sc.py"), "compute_sc")
    source = load(os.path.join(root, "compute_rpc.py"), "compute_rpc")
    fits = []
    minimize = source.minimize

    def recorded(*arguments, **values):
        fits.append(minimize(*arguments, **values))
        return fits[-1]

    source.minimize = recorded
    chooser = random.Random(11)
    rows = []
    for number in range(60):
        count = chooser.choice([4, 8, 16, 32, 64])
        paths = []
        for path in range(count):
            probable = chooser.random() < 0.6
            if number % 3 == 0:
                mean = -chooser.gammavariate(4, 0.06)
            elif number % 3 == 1:
                mean = math.log(min(chooser.weibullvariate(*((0.8, 9) if probable else (0.4, 4))), 0.999))
            else:
                mean = -chooser.gammavariate(*((6, 0.02) if probable else (8, 0.06)))
            paths.append((f"path {path}", chooser.choice("0012") if probable else chooser.choice("0123"), mean))
        # Some paths are drawn twice.
        for _ in range(count // 8):
            paths.append(chooser.choice(paths))
        completions, answers, means = zip(*paths)
        right, classes = source.wpc_evaluator(
            answers, completions, means, "0", lambda a, b, *_: a == b, lambda a, b: a == b)
        rows.append({
            "paths": [int(completion.split()[1]) for completion in completions], "answers": answers, "means": means,
            "right": right, "logLikelihood": None if math.isnan(fits[-1].fun) else -float(fits[-1].fun),
            "shares": {answer: float(share) for answer, share, _ in classes},
        })
    return rows


def write(folder, title, content):
    with open(os.path.join(folder, title), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in content) + "\n]\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output")
    parser.add_argument("--sal")
    parser.add_argument("--pis")
    parser.add_argument("--cot")
    parser.add_argument("--rpc")
    arguments = parser.parse_args()
    os.makedirs(arguments.output, exist_ok=True)
    try:
        write(arguments.output, "its-hub.json", list(its_hub_filters()) + list(its_hub_beams()))
        write(arguments.output, "its-hub-votes.json", list(its_hub_votes()))
    except ImportError as error:
        print("its-hub left out:", error, file=sys.stderr)
    if arguments.sal:
        write(arguments.output, "search-and-learn.json", list(sal_searches(arguments.sal)))
        write(arguments.output, "search-and-learn-selection.json", sal_selections(arguments.sal))
    if arguments.pis:
        write(arguments.output, "probabilistic-inference-scaling.json", list(pis_filters(arguments.pis)))
    if arguments.cot:
        write(arguments.output, "compute-optimal-tts.json", list(cot_beams(arguments.cot)))
    if arguments.rpc:
        write(arguments.output, "rpc.json", rpc_votes(arguments.rpc))


if __name__ == "__main__":
    main()
