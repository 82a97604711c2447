extension StoreSchema {
  /// The views of the first migration: the questions that people ask, by name.
  static let views =
    [rolloutIndexView, stepScoreView(steps: "score.steps"), scorerSummaryView(steps: "score.steps")] + lastingViews

  /// Those of them that no later migration has changed.
  static let lastingViews = [
    rolloutAnswerView, stepView, accuracyView, votesView, recordingSummaryView, verdictView,
  ]

  /// `rollout_index`: the number by which commands and score files name a rollout: its place among those of its problem
  /// in its recording.
  private static let rolloutIndexView = """
    CREATE VIEW rollout_index AS
    SELECT problem.key AS problem, recording.name AS recording,
      row_number() OVER (
        PARTITION BY rollout.problem, rollout.recording ORDER BY source.sha256, rollout.position) - 1 AS rollout_index,
      rollout.id AS rollout, source.path AS source, rollout.position AS position
    FROM rollout
    JOIN problem ON problem.id = rollout.problem
    JOIN recording ON recording.id = rollout.recording
    JOIN source ON source.id = rollout.source
    """

  /// `rollout_answer`: each rollout with its answer, the answer's class and both verdicts.
  private static let rolloutAnswerView = """
    CREATE VIEW rollout_answer AS
    SELECT rollout.id AS rollout, problem.key AS problem, recording.name AS recording, rollout.depth AS depth,
      rollout.finish AS finish, rollout.total_tokens AS total_tokens, rollout_text.answer AS answer,
      answer_class.form AS class_form, answer_class.is_right AS is_right, answer_class.status AS status,
      rollout.source_verdict AS source_verdict
    FROM rollout
    JOIN problem ON problem.id = rollout.problem
    JOIN recording ON recording.id = rollout.recording
    JOIN rollout_text ON rollout_text.rollout = rollout.id
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
    """

  /// `accuracy_by_problem`: how many of a problem's complete rollouts are right.
  private static let accuracyView = """
    CREATE VIEW accuracy_by_problem AS
    SELECT problem.key AS problem, problem.level AS level, problem.subject AS subject, recording.name AS recording,
      count(*) AS rollouts, sum(coalesce(answer_class.is_right, 0)) AS right_rollouts,
      sum(rollout.answer_class IS NULL) AS without_answer, avg(coalesce(answer_class.is_right, 0)) AS accuracy
    FROM rollout
    JOIN problem ON problem.id = rollout.problem
    JOIN recording ON recording.id = rollout.recording
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
    WHERE rollout.finish <> 'open'
    GROUP BY rollout.problem, rollout.recording
    """

  /// `class_votes`: how many complete rollouts gave each class of answers.
  private static let votesView = """
    CREATE VIEW class_votes AS
    SELECT problem.key AS problem, recording.name AS recording, answer_class.form AS form,
      answer_class.is_right AS is_right, count(*) AS votes
    FROM rollout
    JOIN problem ON problem.id = rollout.problem
    JOIN recording ON recording.id = rollout.recording
    JOIN answer_class ON answer_class.id = rollout.answer_class
    WHERE rollout.finish <> 'open'
    GROUP BY rollout.problem, rollout.recording, rollout.answer_class
    """

  /// `recording_summary`: what each recording holds.
  private static let recordingSummaryView = """
    CREATE VIEW recording_summary AS
    SELECT recording.name AS recording, recording.model AS model, recording.temperature AS temperature,
      recording.sampling AS sampling, count(DISTINCT rollout.problem) AS problems, count(*) AS rollouts,
      sum(rollout.steps) AS steps, sum(rollout.finish <> 'open') AS complete_rollouts,
      sum(rollout.parent IS NOT NULL) AS branches, sum(rollout.total_tokens) AS tokens,
      avg(CASE WHEN rollout.finish <> 'open' THEN coalesce(answer_class.is_right, 0) END) AS accuracy
    FROM rollout
    JOIN recording ON recording.id = rollout.recording
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
    GROUP BY rollout.recording
    """

  /// `scorer_summary`: what each scorer's channels cover, and how their aggregates tell right from wrong.
  ///
  /// - Parameter steps: The number of a rollout's scores.
  static func scorerSummaryView(steps: String) -> String {
    """
    CREATE VIEW scorer_summary AS
    SELECT scorer.name AS scorer, scorer.channel AS channel, scorer.scale AS scale, count(*) AS rollouts,
      sum(\(steps)) AS steps, min(score.minimum) AS lowest, avg(score.last) AS mean_last,
      avg(CASE WHEN answer_class.is_right = 1 THEN score.last END) AS mean_last_right,
      avg(CASE WHEN answer_class.is_right = 0 THEN score.last END) AS mean_last_wrong
    FROM score
    JOIN scorer ON scorer.id = score.scorer
    JOIN rollout ON rollout.id = score.rollout
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
    GROUP BY score.scorer
    """
  }

  /// `verdict_disagreement`: where the source's own verdict differs from the grader's.
  private static let verdictView = """
    CREATE VIEW verdict_disagreement AS
    SELECT problem.key AS problem, problem.answer AS gold, recording.name AS recording, rollout.id AS rollout,
      rollout_text.answer AS answer, rollout.source_verdict AS source_verdict,
      coalesce(answer_class.is_right, 0) AS is_right
    FROM rollout
    JOIN problem ON problem.id = rollout.problem
    JOIN recording ON recording.id = rollout.recording
    JOIN rollout_text ON rollout_text.rollout = rollout.id
    LEFT JOIN answer_class ON answer_class.id = rollout.answer_class
    WHERE rollout.source_verdict IS NOT NULL AND rollout.source_verdict <> coalesce(answer_class.is_right, 0)
    """
}
