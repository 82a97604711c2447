extension StoreSchema {
  /// A table-valued expression with one row, `key` 0, 1, ..., for each of a number of steps.
  ///
  /// Unlike a recursive query it is evaluated a rollout at a time, so that a query for one rollout reads one rollout.
  private static func eachStep(of count: String) -> String {
    "json_each('[0' || replace(hex(zeroblob(\(count) - 1)), '00', ',0') || ']')"
  }

  /// The unsigned number whose little-endian bytes a hexadecimal text holds.
  private static func number(hexadecimal text: String, bytes: Int) -> String {
    (0..<bytes).map { byte in
      let high = "instr('123456789ABCDEF', substr(\(text), \(2 * byte + 1), 1))"
      let low = "instr('123456789ABCDEF', substr(\(text), \(2 * byte + 2), 1))"
      return "((\(high) * 16 + \(low)) << \(8 * byte))"
    }.joined(separator: " + ")
  }

  /// `step`: single steps with their place in the text and the text itself.
  ///
  /// Ends are packed in 2 or 4 bytes a step; both are read as 4. (Of an empty BLOB `substr` gives NULL.)
  static let stepView = """
    CREATE VIEW step AS
    WITH boundary AS (
      SELECT rollout.id AS rollout, rollout.problem AS problem_id, rollout.recording AS recording_id,
        position.key AS step, coalesce(rollout.parent_step, 0) + position.key + 1 AS depth,
        rollout.tokens AS tokens, rollout.finish <> 'open' AND position.key = rollout.steps - 1 AS is_end,
        substr(hex(substr(rollout.step_ends, position.key * (length(rollout.step_ends) / rollout.steps) + 1,
          length(rollout.step_ends) / rollout.steps)) || '0000', 1, 8) AS end_digits,
        CASE position.key WHEN 0 THEN NULL ELSE
          substr(hex(substr(rollout.step_ends, (position.key - 1) * (length(rollout.step_ends) / rollout.steps) + 1,
            length(rollout.step_ends) / rollout.steps)) || '0000', 1, 8) END AS previous_digits
      FROM rollout, \(eachStep(of: "rollout.steps")) AS position
    ), placed AS (
      SELECT boundary.*, recording.name AS recording,
        CASE WHEN previous_digits IS NULL THEN 0
          ELSE \(number(hexadecimal: "previous_digits", bytes: 4)) + length(CAST(recording.delimiter AS BLOB)) END AS start_byte,
        \(number(hexadecimal: "end_digits", bytes: 4)) AS end_byte
      FROM boundary
      JOIN recording ON recording.id = boundary.recording_id
    )
    SELECT placed.rollout AS rollout, problem.key AS problem, placed.recording AS recording, placed.step AS step,
      placed.depth AS depth, placed.start_byte AS start_byte, placed.end_byte AS end_byte,
      coalesce(CAST(substr(CAST(rollout_text.text AS BLOB), placed.start_byte + 1, placed.end_byte - placed.start_byte)
        AS TEXT), '') AS text,
      CASE WHEN placed.tokens IS NOT NULL
        THEN \(number(hexadecimal: "hex(substr(placed.tokens, placed.step * 4 + 1, 4))", bytes: 4)) END AS tokens,
      placed.is_end AS is_end
    FROM placed
    JOIN problem ON problem.id = placed.problem_id
    JOIN rollout_text ON rollout_text.rollout = placed.rollout
    """

  /// `step_score`: single scores, taken out of their BLOBs exactly.
  ///
  /// A Float64 is (-1)^sign x mantissa x 2^(exponent - 1075), with 2^52 added to the mantissa of normal numbers
  /// (IEEE 754-2019, section 3.4); both factors and the product are exact in SQLite's REAL.
  ///
  /// - Parameter steps: The number of a rollout's scores.
  static func stepScoreView(steps: String) -> String {
    """
    CREATE VIEW step_score AS
    WITH digits AS (
      SELECT score.rollout AS rollout, score.scorer AS scorer_id, position.key AS step,
        hex(substr(score.scores, position.key * 8 + 1, 8)) AS bytes
      FROM score, \(eachStep(of: steps)) AS position
    ), parts AS (
      SELECT rollout, scorer_id, step,
        (\(number(hexadecimal: "bytes", bytes: 7))) & 0xFFFFFFFFFFFFF AS mantissa,
        ((\(number(hexadecimal: "substr(bytes, 13)", bytes: 2))) >> 4) & 0x7FF AS exponent,
        instr('89ABCDEF', substr(bytes, 15, 1)) > 0 AS is_negative
      FROM digits
    )
    SELECT parts.rollout AS rollout, problem.key AS problem, recording.name AS recording, scorer.name AS scorer,
      scorer.channel AS channel, parts.step AS step, coalesce(rollout.parent_step, 0) + parts.step + 1 AS depth,
      CASE WHEN parts.is_negative THEN -1 ELSE 1 END
        * (parts.mantissa + CASE parts.exponent WHEN 0 THEN 0 ELSE 1 << 52 END) * power_of_two.value AS score
    FROM parts
    JOIN power_of_two ON power_of_two.exponent = max(parts.exponent, 1) - 1075
    JOIN scorer ON scorer.id = parts.scorer_id
    JOIN rollout ON rollout.id = parts.rollout
    JOIN problem ON problem.id = rollout.problem
    JOIN recording ON recording.id = rollout.recording
    """
  }
}
