extension StoreSchema {
  /// `fidelity`: how far replays of this store were found to be from recorded online runs.
  ///
  /// `content` is the hash of what was replayed, `online` the SHA-256 of the files of online runs; a text that does not
  /// apply is empty.
  static let fidelityTable = """
    CREATE TABLE fidelity (
      id INTEGER PRIMARY KEY,
      content TEXT NOT NULL,
      method TEXT NOT NULL,
      preset TEXT NOT NULL,
      aggregate TEXT NOT NULL,
      scorer TEXT NOT NULL,
      recording TEXT NOT NULL,
      options TEXT NOT NULL,
      policy TEXT NOT NULL,
      merge_prefixes INTEGER NOT NULL CHECK (merge_prefixes IN (0, 1)),
      budget INTEGER NOT NULL CHECK (budget > 0),
      problems INTEGER NOT NULL,
      online_runs INTEGER NOT NULL,
      replicates INTEGER NOT NULL,
      replayed REAL NOT NULL,
      online_accuracy REAL NOT NULL,
      bias REAL NOT NULL,
      low REAL NOT NULL,
      high REAL NOT NULL,
      online TEXT NOT NULL,
      UNIQUE (content, method, preset, aggregate, scorer, recording, options, budget, online)
    ) STRICT;
    """

  /// `basis` tells biases against recorded online runs from those that a model fitted to the record predicts; `doubts`
  /// are the warnings that the latter came with, joined by `;`. A prediction's `replayed` and `online_accuracy` are those
  /// of the model's world, its `online` is empty.
  static let predictions = """
    ALTER TABLE fidelity ADD COLUMN basis TEXT NOT NULL DEFAULT 'online' CHECK (basis IN ('online', 'model'));
    ALTER TABLE fidelity ADD COLUMN doubts TEXT NOT NULL DEFAULT '';
    """

  /// Sources whose rollouts continue those of others come after them: `generation` counts from 0 for sources that refer
  /// to no other, and a view that numbers rollouts follows.
  static let generations = [generationColumn, "DROP VIEW rollout_index", rolloutIndexByGeneration]

  static let generationColumn = "ALTER TABLE source ADD COLUMN generation INTEGER NOT NULL DEFAULT 0"

  static let rolloutIndexByGeneration = """
    CREATE VIEW rollout_index AS
    SELECT problem.key AS problem, recording.name AS recording,
      row_number() OVER (
        PARTITION BY rollout.problem, rollout.recording
        ORDER BY source.generation, source.sha256, rollout.position) - 1 AS rollout_index,
      rollout.id AS rollout, source.path AS source, rollout.position AS position
    FROM rollout
    JOIN problem ON problem.id = rollout.problem
    JOIN recording ON recording.id = rollout.recording
    JOIN source ON source.id = rollout.source
    """
}
