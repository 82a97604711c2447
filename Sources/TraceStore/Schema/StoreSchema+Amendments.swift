extension StoreSchema {
  /// What tells a file's copies in other compressions; null for sources that were ingested before.
  static let contents = """
    ALTER TABLE source ADD COLUMN content_head TEXT;
    ALTER TABLE source ADD COLUMN content TEXT;
    """

  /// What a stopped ingest needs to go on as it began, and a refused one to leave nothing behind.
  ///
  /// `source.options` is JSON; null for sources that were begun before. `amendment` is empty unless a source is not
  /// complete.
  static let unfinishedSources = """
    ALTER TABLE source ADD COLUMN options TEXT;
    CREATE TABLE amendment (
      source INTEGER NOT NULL REFERENCES source (id),
      kind TEXT NOT NULL CHECK (kind IN ('problem', 'recording', 'answer_class')),
      entry INTEGER NOT NULL,
      field TEXT NOT NULL,
      previous TEXT,
      PRIMARY KEY (kind, entry, field, source)
    ) STRICT, WITHOUT ROWID;
    """
}
