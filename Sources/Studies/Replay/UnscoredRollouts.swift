import Estimation
import Traces

/// The rollouts that methods did without because a scorer has not seen them throughout.
struct UnscoredRollouts: Hashable, Sendable {
  /// Those of one recording.
  struct OfRecording: Hashable, Sendable {
    var recording: String
    var share: UnscoredShare
    /// Problems of which nothing is left.
    var emptied: Int
  }

  /// The scorer.
  var scorer: String
  /// The channel that was to be read.
  var channel: ScoreChannel
  /// The recordings that lack scores.
  var recordings: [OfRecording]
  /// All of them together.
  var share: UnscoredShare

  /// Counts what was left out of some problems.
  ///
  /// - Parameters:
  ///   - column: The column that was to be read.
  ///   - recordings: The names of the recordings.
  ///   - problems: For each problem, by recording, how many rollouts it has and how many of them were left out.
  init(column: ScoreColumn, recordings: [String], problems: [(recorded: [Int], leftOut: [Int])]) {
    scorer = column.scorer
    channel = column.channel
    self.recordings = recordings.indices.map { index in
      let counts = problems.map { (recorded: $0.recorded[index], leftOut: $0.leftOut[index]) }
      return OfRecording(
        recording: recordings[index], share: UnscoredShare(counts),
        emptied: counts.count { $0.leftOut > 0 && $0.leftOut == $0.recorded })
    }.filter { $0.share.rollouts > 0 }
    share = UnscoredShare(
      problems.map { (recorded: $0.recorded.reduce(0, +), leftOut: $0.leftOut.reduce(0, +)) })
  }

  /// What was left out, a sentence for each recording.
  ///
  /// - Parameter methods: The methods that did without.
  func notices(methods: [String]) -> [String] {
    recordings.map { part in
      let share = part.share
      let problems = "\(share.problems) of \(share.ofProblems.counted("problem"))"
      return "\(part.recording): \(share.rollouts) of \(share.of.counted("rollout")), of \(problems), left out of "
        + "\(methods.joined(separator: ", ")), since \(scorer) has no \(channel.rawValue) scores of them"
        + (part.emptied > 0 ? "; nothing is left of \(part.emptied.counted("problem"))" : "")
    }
  }
}

extension UnscoredShare {
  fileprivate init(_ problems: [(recorded: Int, leftOut: Int)]) {
    self.init(
      rollouts: problems.reduce(0) { $0 + $1.leftOut }, of: problems.reduce(0) { $0 + $1.recorded },
      problems: problems.count { $0.leftOut > 0 }, ofProblems: problems.count { $0.recorded > 0 })
  }
}
