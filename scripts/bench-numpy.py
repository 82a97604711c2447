#!/usr/bin/env python3
"""The particle filter's kernel as one writes it in numpy: the baseline that ReplayBenchmark is compared with.

A flat pool of recorded scores, systematic resampling by odds at every step, one problem at a time. First the bare kernel;
then with continuations that are drawn once a run, and borrowed from the nearest score at the same step when a copy has
none of its own. Prints nanoseconds a particle-step, and how many times faster ours is, whose nanoseconds are the last
argument. Usage: bench-numpy.py [problems] [replicates] [nanoseconds]
"""

import sys
import time

import numpy as np


def run(pool, particles, steps, random):
    chosen = random.permutation(pool.shape[0])[:particles]
    for step in range(steps - 1):
        scores = np.clip(pool[chosen, step], 1e-7, 1 - 1e-7)
        weights = scores / (1 - scores)
        positions = (np.arange(particles) + random.random()) / particles
        ancestors = np.searchsorted(np.cumsum(weights / weights.sum()), positions)
        chosen = chosen[np.minimum(ancestors, particles - 1)]
    return chosen[np.argmax(pool[chosen, steps - 1])]


def run_matched(pool, particles, steps, random):
    chosen = random.permutation(pool.shape[0])[:particles]
    for step in range(steps - 1):
        scores = pool[chosen, step]
        clipped = np.clip(scores, 1e-7, 1 - 1e-7)
        weights = clipped / (1 - clipped)
        positions = (np.arange(particles) + random.random()) / particles
        ancestors = np.minimum(np.searchsorted(np.cumsum(weights / weights.sum()), positions), particles - 1)
        chosen = chosen[ancestors]
        free = np.ones(pool.shape[0], dtype=bool)
        own, first = np.unique(chosen, return_index=True)
        free[own] = False
        for particle in np.setdiff1d(np.arange(particles), first):
            distance = np.where(free, np.abs(pool[:, step] - pool[chosen[particle], step]), np.inf)
            donor = np.argmin(distance)
            free[donor] = False
            chosen[particle] = donor
    return chosen[np.argmax(pool[chosen, steps - 1])]


def measure(label, kernel, problems, replicates, steps=12, particles=64):
    random = np.random.default_rng(1)
    pools = random.random((problems, 256, steps))
    start = time.process_time()
    for pool in pools:
        for _ in range(replicates):
            kernel(pool, particles, steps, random)
    seconds = time.process_time() - start
    nanoseconds = seconds * 1e9 / (problems * replicates * particles * steps)
    print(f"{label} N={particles}: {nanoseconds:.1f} ns a particle-step")
    return nanoseconds


def main():
    problems = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    replicates = int(sys.argv[2]) if len(sys.argv) > 2 else 32
    ours = float(sys.argv[3]) if len(sys.argv) > 3 else None
    measure("numpy, bare kernel", run, problems, replicates)
    matched = measure("numpy, matched continuations", run_matched, problems, replicates)
    if ours:
        print(f"the particle filter with matched continuations is {matched / ours:.0f} times faster (at least 20 wanted)")


if __name__ == "__main__":
    main()
