#!/usr/bin/env python3
"""The loader that one would write in Python: orjson and sqlite3's executemany, the same scores and texts, no grading.

baseline.py FILE STORE [--lists] prints the seconds that it took: a row a step score, or with --lists the scores of a
rollout as one JSON text.
"""

import sqlite3
import sys
import time

import orjson


def tables(connection, lists):
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE TABLE problem (id INTEGER PRIMARY KEY, key TEXT UNIQUE, statement TEXT, answer TEXT)")
    connection.execute("CREATE TABLE rollout (id INTEGER PRIMARY KEY, problem INTEGER, position INTEGER, text TEXT)")
    if lists:
        connection.execute("CREATE TABLE score (rollout INTEGER PRIMARY KEY, scores TEXT)")
    else:
        connection.execute("CREATE TABLE score (rollout INTEGER, step INTEGER, score REAL, PRIMARY KEY (rollout, step)) WITHOUT ROWID")


def score_rows(first, scores, lists):
    if lists:
        return [(first + n, orjson.dumps(values).decode()) for n, values in enumerate(scores)]
    return [(first + n, step, value) for n, values in enumerate(scores) for step, value in enumerate(values)]


def main(path, store, lists):
    start = time.perf_counter()
    connection = sqlite3.connect(store)
    tables(connection, lists)
    insertion = "INSERT INTO score VALUES (?, ?)" if lists else "INSERT INTO score VALUES (?, ?, ?)"
    number = 0
    with open(path, "rb") as file:
        for index, line in enumerate(file):
            row = orjson.loads(line)
            connection.execute(
                "INSERT INTO problem VALUES (?, ?, ?, ?)", (index, row["unique_id"], row["problem"], row["answer"]))
            connection.executemany(
                "INSERT INTO rollout VALUES (?, ?, ?, ?)",
                [(number + n, index, n, text) for n, text in enumerate(row["completions"])])
            connection.executemany(insertion, score_rows(number, row["scores"], lists))
            connection.commit()
            number += len(row["completions"])
    connection.close()
    print(f"{time.perf_counter() - start:.3f}")


main(sys.argv[1], sys.argv[2], "--lists" in sys.argv)
