import Traces

/// A rollout with everything that the store knows of it, text included: for showing and for handing on, not for replay.
public struct StoredRollout: Sendable {
  /// The row that the store knows the rollout by; differs between stores of equal content.
  public let identifier: Int64
  /// The recording's name.
  public let recording: String
  /// The rollout's place among those of its problem and recording, counted from 0: what commands and files of scores
  /// name it by.
  public let index: Int
  /// The text, steps, costs, scores and answer as they were read; `scores` has one list for each of `columns`, and a
  /// parent is the index of a rollout of the same recording unless it names another.
  public let record: RolloutRecord
  /// The columns of scores.
  public let columns: [ScoreColumn]
  /// The answer as extracted or stated; `nil` where there is none.
  public let answer: String?
  /// The class of the answer: its representative form; `nil` where there is no answer.
  public let classForm: String?
  /// Whether the answer is right; `nil` where there is none.
  public let isRight: Bool?
  /// Steps from the prompt to the rollout's end.
  public let depth: Int
  let delimiterBytes: Int
  /// Where the rollout comes from.
  let origin: RolloutOrigin
  /// The columns whose scores were imported.
  let importedColumns: [Int]

  /// The texts of the rollout's own steps.
  public var stepTexts: [String] {
    let bytes = Array(record.text.utf8)
    return StepBoundaries(ends: record.stepEnds).ranges(delimiterBytes: delimiterBytes).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
  }
}
