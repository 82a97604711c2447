extension StoreSchema {
  /// Names that are no problem's or scorer's own, by the source that used them: what lets a store give them up for better
  /// ones, whatever came first.
  ///
  /// A row of `provisional_name` is a problem as a source names it; `first_position` and `rollouts` say which of the
  /// source's rollouts of `problem` came under that name, once the source is complete. A row of `unnamed_scorer` is a
  /// source whose format names no scorer, with the name that its scores have at present.
  static let provisionalNames = """
    CREATE TABLE provisional_name (
      source INTEGER NOT NULL REFERENCES source (id),
      name TEXT NOT NULL,
      qualified TEXT,
      problem INTEGER NOT NULL REFERENCES problem (id),
      first_position INTEGER NOT NULL DEFAULT 0,
      rollouts INTEGER,
      PRIMARY KEY (source, name, problem)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provisional_name_problem ON provisional_name (problem);
    CREATE INDEX source_path ON source (path);
    CREATE INDEX source_content ON source (content_head);
    CREATE INDEX source_unfinished ON source (complete) WHERE complete = 0;
    CREATE TABLE unnamed_scorer (
      source INTEGER PRIMARY KEY REFERENCES source (id),
      scorer TEXT NOT NULL
    ) STRICT;
    """
}
