/// The range of the numbers that a reward model gives.
public enum ScoreScale: String, Hashable, Sendable, CaseIterable {
  /// Probabilities, 0...1, both ends included.
  case probability
  /// Log-odds: any finite number.
  case logit
  /// Any finite number without a probabilistic meaning: outcome rewards, sums of log ratios (EurusPRM).
  case unbounded

  /// Whether a score is possible on this scale; NaN and infinities never are.
  public func contains(_ score: Double) -> Bool {
    switch self {
    case .probability: score >= 0 && score <= 1
    case .logit, .unbounded: score.isFinite
    }
  }

  /// The range in words, for messages.
  public var expectation: String {
    switch self {
    case .probability: "a probability, 0 to 1"
    case .logit: "a finite log-odds"
    case .unbounded: "a finite number"
    }
  }
}

/// What a score is a judgement of.
public enum ScoreChannel: String, Hashable, Sendable, CaseIterable {
  /// Each step judged in one pass over the rollout.
  case step
  /// The whole partial answer up to a step judged as one block: the paper's model-based aggregation
  /// (arXiv 2502.01618, section 3.3).
  case prefix
}

/// One channel of one scorer: the column of numbers that it adds to the steps of a tree.
public struct ScoreColumn: Hashable, Sendable {
  /// The reward model's name.
  public var scorer: String
  /// Step or prefix scores.
  public var channel: ScoreChannel
  /// The range of the scores.
  public var scale: ScoreScale

  /// Creates a column description.
  public init(scorer: String, channel: ScoreChannel, scale: ScoreScale = .probability) {
    self.scorer = scorer
    self.channel = channel
    self.scale = scale
  }
}

extension ScoreColumn {
  /// Scorers are the same where their names are, byte by byte.
  public static func == (left: ScoreColumn, right: ScoreColumn) -> Bool {
    left.channel == right.channel && left.scale == right.scale && left.scorer.isSameText(as: right.scorer)
  }

  /// Absorbs what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ExactText(scorer))
    hasher.combine(channel)
    hasher.combine(scale)
  }
}
