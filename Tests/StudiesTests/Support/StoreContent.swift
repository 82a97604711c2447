import GRDB

/// The rows of a store's tables without what depends on the files that they came from and the order of ingest.
struct StoreContent: Equatable {
  let tables: [String: [Row]]

  init(path: String) throws {
    tables = try DatabaseQueue(path: path).read { db in
      try Self.queries.mapValues { try Row.fetchAll(db, sql: $0) }
    }
  }

  /// The tables that differ, for messages.
  func differences(from other: StoreContent) -> [String] {
    tables.keys.filter { tables[$0] != other.tables[$0] }.sorted()
  }

  private static let place = """
    JOIN rollout_index AS place ON place.rollout = rollout.id
    """
  private static let queries = [
    "problem": "SELECT key, dataset, statement, answer, subject, level, level_text FROM problem ORDER BY key",
    "recording": """
    SELECT name, model, temperature, top_p, seed, prompt_hash, delimiter, date, sampling FROM recording ORDER BY name
    """,
    "scorer": "SELECT name, channel, scale FROM scorer ORDER BY name, channel",
    "answer_class": """
    SELECT problem.key, answer_class.key, form, is_right, status FROM answer_class
    JOIN problem ON problem.id = answer_class.problem ORDER BY 1, 2
    """,
    "rollout": """
    SELECT place.problem, place.recording, place.rollout_index, before.rollout_index, parent_step, steps, depth, finish,
      answer_class.key, source_verdict, total_tokens, step_ends, step_keys, tokens, log_probabilities
    FROM rollout \(place) LEFT JOIN rollout_index AS before ON before.rollout = rollout.parent
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class ORDER BY 1, 2, 3
    """,
    "rollout_text": """
    SELECT place.problem, place.recording, place.rollout_index, text, answer, stated_answer
    FROM rollout_text JOIN rollout ON rollout.id = rollout_text.rollout \(place) ORDER BY 1, 2, 3
    """,
    "score": """
    SELECT place.problem, place.recording, place.rollout_index, scorer.name, channel, length(scores) / 8, last, minimum,
      product, mean, scores, imported
    FROM score JOIN rollout ON rollout.id = score.rollout \(place) JOIN scorer ON scorer.id = score.scorer
    ORDER BY 1, 2, 3, 4, 5
    """,
    "prediction": """
    SELECT problem.key, recording.name, prediction.name, value FROM prediction
    JOIN problem ON problem.id = prediction.problem JOIN recording ON recording.id = prediction.recording
    ORDER BY 1, 2, 3, 4
    """,
  ]
}
