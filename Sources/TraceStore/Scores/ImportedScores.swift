import Traces

/// The scores of one stored rollout by another reward model.
public struct ImportedScores: Hashable, Sendable {
  /// The problem's key.
  public var problem: String
  /// The recording's name; may be left out where the problem has rollouts of one recording only.
  public var recording: String?
  /// The rollout's index among those of its problem and recording, counted from 0; see the view `rollout_index`.
  public var rollout: Int
  /// The reward model's name.
  public var scorer: String
  /// The range of the scores.
  public var scale: ScoreScale
  /// One score for each own step of the rollout, or empty where there are none.
  public var stepScores: [Double]
  /// One score for each prefix that ends with an own step, or empty where there are none.
  public var prefixScores: [Double]
  /// The line of the file, counted from 1.
  public var line: Int
  /// The check of the rollout that was scored, where the scores bring it: see `StoredRollout.check`.
  public var check: String?

  /// Describes the scores of a rollout.
  public init(
    problem: String,
    recording: String? = nil,
    rollout: Int,
    scorer: String,
    scale: ScoreScale = .probability,
    stepScores: [Double] = [],
    prefixScores: [Double] = [],
    line: Int,
    check: String? = nil
  ) {
    self.problem = problem
    self.recording = recording
    self.rollout = rollout
    self.scorer = scorer
    self.scale = scale
    self.stepScores = stepScores
    self.prefixScores = prefixScores
    self.line = line
    self.check = check
  }

  /// The column that a channel's list goes to.
  func column(_ channel: ScoreChannel) -> ScoreColumn { ScoreColumn(scorer: scorer, channel: channel, scale: scale) }

  /// The lists that are not empty, with their channels and the name that files give them.
  var lists: [(channel: ScoreChannel, field: String, scores: [Double])] {
    [(.step, "scores", stepScores), (.prefix, "prefixScores", prefixScores)].filter { !$0.2.isEmpty }
  }
}

/// What an import of scores did.
public struct ScoreImportReport: Hashable, Sendable {
  /// How much of a recording a scorer has seen after the import.
  public struct OfRecording: Hashable, Sendable {
    /// The scorer and the channel.
    public var column: ScoreColumn
    /// The recording's name.
    public var recording: String
    /// Rollouts with scores.
    public var scored: Int
    /// All rollouts of the recording.
    public var rollouts: Int
  }

  /// Lists of scores that were added.
  public var lists = 0
  /// Single scores that were added.
  public var scores = 0
  /// Lists that the store had already, number by number.
  public var unchanged = 0
  /// Lines that were left out because they were not acceptable.
  public var skipped = 0
  /// The coverage of each imported column in each recording, ordered by column and recording.
  public var coverage: [OfRecording] = []
}
