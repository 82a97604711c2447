extension StoreSchema {
  /// The tables of the first migration.
  static let tables = sourceTables + rolloutTables + scoreTables

  /// Where rollouts come from and what they answer.
  ///
  /// `level` has numeric affinity, so that `level = 5` holds for a source that writes `"5"`; a level that this would
  /// change, such as `05`, is kept as written in `level_text`. `source` names the file that first mentioned a row.
  private static let sourceTables = """
    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      path TEXT NOT NULL,
      sha256 TEXT NOT NULL UNIQUE,
      format TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      batches INTEGER NOT NULL DEFAULT 0,
      records INTEGER NOT NULL DEFAULT 0,
      complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1))
    ) STRICT;
    CREATE TABLE problem (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      dataset TEXT,
      statement TEXT,
      answer TEXT,
      subject TEXT,
      level NUMERIC,
      level_text TEXT,
      source INTEGER REFERENCES source (id)
    );
    CREATE TABLE recording (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      model TEXT,
      temperature REAL,
      top_p REAL,
      seed INTEGER,
      prompt_hash TEXT,
      delimiter TEXT NOT NULL,
      date TEXT,
      sampling TEXT NOT NULL CHECK (sampling IN ('independent', 'search')),
      source INTEGER REFERENCES source (id)
    ) STRICT;
    CREATE TABLE prediction (
      problem INTEGER NOT NULL REFERENCES problem (id),
      recording INTEGER NOT NULL REFERENCES recording (id),
      source INTEGER NOT NULL REFERENCES source (id),
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (problem, recording, source, name, value)
    ) STRICT, WITHOUT ROWID;

    """

  /// Rollouts: numbers here, texts apart, so that replay never reads a text.
  ///
  /// `position` counts the rollouts of a problem in a source; `depth` is the number of steps from the prompt to the
  /// rollout's end. `step_ends` holds the ends of the steps in the text, in bytes, as UInt16 where the text is shorter
  /// than 64 KiB and as UInt32 otherwise; `step_keys` a UInt64 hash of each step's text; `tokens` Int32;
  /// `log_probabilities` Float64. All are little-endian. (A check of the form `IN (a, b, c)` would build an index of its
  /// own for every row that is inserted; the chain of `OR` does not.)
  private static let rolloutTables = """
    CREATE TABLE answer_class (
      id INTEGER PRIMARY KEY,
      problem INTEGER NOT NULL REFERENCES problem (id),
      key TEXT NOT NULL,
      form TEXT NOT NULL,
      is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
      status TEXT NOT NULL CHECK (status IN ('parsed', 'fallback')),
      UNIQUE (problem, key)
    ) STRICT;
    CREATE TABLE rollout (
      id INTEGER PRIMARY KEY,
      problem INTEGER NOT NULL REFERENCES problem (id),
      recording INTEGER NOT NULL REFERENCES recording (id),
      source INTEGER NOT NULL REFERENCES source (id),
      position INTEGER NOT NULL,
      parent INTEGER REFERENCES rollout (id),
      parent_step INTEGER,
      steps INTEGER NOT NULL CHECK (steps > 0),
      depth INTEGER GENERATED ALWAYS AS (coalesce(parent_step, 0) + steps) VIRTUAL,
      finish TEXT NOT NULL CHECK (finish = 'stop' OR finish = 'length' OR finish = 'open'),
      answer_class INTEGER REFERENCES answer_class (id),
      source_verdict INTEGER CHECK (source_verdict IN (0, 1)),
      total_tokens INTEGER,
      step_ends BLOB NOT NULL,
      step_keys BLOB NOT NULL,
      tokens BLOB,
      log_probabilities BLOB,
      CHECK ((parent IS NULL) = (parent_step IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX rollout_position ON rollout (problem, source, position);
    CREATE TABLE rollout_text (
      rollout INTEGER PRIMARY KEY REFERENCES rollout (id),
      text TEXT NOT NULL,
      answer TEXT,
      stated_answer TEXT
    ) STRICT;

    """

  /// Scores: one Float64 BLOB for each scorer and rollout, and its usual aggregates as plain columns.
  ///
  /// A scorer is one channel of a reward model. `product` is null where scores are no probabilities.
  private static let scoreTables = """
    CREATE TABLE scorer (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ('step', 'prefix')),
      scale TEXT NOT NULL CHECK (scale IN ('probability', 'logit', 'unbounded')),
      source INTEGER REFERENCES source (id),
      UNIQUE (name, channel)
    ) STRICT;
    CREATE TABLE score (
      rollout INTEGER NOT NULL REFERENCES rollout (id),
      scorer INTEGER NOT NULL REFERENCES scorer (id),
      steps INTEGER GENERATED ALWAYS AS (length(scores) / 8) VIRTUAL,
      last REAL NOT NULL,
      minimum REAL NOT NULL,
      product REAL,
      mean REAL NOT NULL,
      scores BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX score_rollout ON score (rollout, scorer);

    """

  /// 2^k for every exponent that a finite Float64 needs: what lets plain SQL read a score out of its BLOB, exactly.
  static let powersOfTwo = """
    CREATE TABLE power_of_two (exponent INTEGER PRIMARY KEY, value REAL NOT NULL) STRICT;
    INSERT INTO power_of_two
      WITH RECURSIVE up (exponent, value) AS (
        SELECT 0, 1.0 UNION ALL SELECT exponent + 1, value * 2 FROM up WHERE exponent < 971
      )
      SELECT exponent, value FROM up;
    INSERT INTO power_of_two
      WITH RECURSIVE down (exponent, value) AS (
        SELECT -1, 0.5 UNION ALL SELECT exponent - 1, value / 2 FROM down WHERE exponent > -1074
      )
      SELECT exponent, value FROM down;
    """
}
