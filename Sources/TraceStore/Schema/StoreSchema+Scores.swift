extension StoreSchema {
  /// `score.steps` goes: a rollout has one score a step, so `rollout.steps` and the length of `scores` say the same.
  ///
  /// The column was computed by a function. A statement that calls one while it writes may fail in its middle, so SQLite
  /// kept a copy of every page that an `INSERT` into `score` changed, in a temporary file that came to more than the store.
  /// (A `CHECK` that calls a function would bring that back.)
  static let scoresWithoutComputedColumn =
    [
      "DROP VIEW step_score", "DROP VIEW scorer_summary", withoutSteps,
    ] + viewsWithoutSteps

  static let withoutSteps = "ALTER TABLE score DROP COLUMN steps"

  static let viewsWithoutSteps = [
    stepScoreView(steps: "(length(score.scores) / 8)"), scorerSummaryView(steps: "length(score.scores) / 8"),
  ]
}
