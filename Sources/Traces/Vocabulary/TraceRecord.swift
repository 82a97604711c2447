/// What a reader finds in one record of a file: a problem, the circumstances, and rollouts.
///
/// A record may hold all rollouts of a problem or only some; records of one problem add up.
public struct TraceRecord: Sendable {
  /// The problem; a record may know only its key.
  public var problem: Problem
  /// The name that stands for the problem's own, where the file gives it none: `problem.key` is that name's key.
  public var provisionalName: ProblemName?
  /// The circumstances of the run; `nil` where the file says nothing.
  public var recording: Recording?
  /// The score columns that `RolloutRecord.scores` refers to, in the same order.
  public var columns: [ScoreColumn]
  /// The columns whose scores were added to the rollouts later, not brought by the file that the rollouts came from.
  public var importedColumns: [Int] = []
  /// The scorer among those of the columns that nobody has named: it takes the name that other files have for theirs.
  public var unnamedScorer: String?
  /// Which part of the file the record belongs to, where the file holds what came from several: predictions are about
  /// the rollouts of their part.
  public var part = 0
  /// The rollouts in the file's order.
  public var rollouts: [RolloutRecord]
  /// Predictions that the file states for the problem as a whole (`pred_naive@8` ...), kept to be compared with ours.
  public var predictions: [String: String]
  /// The line (first is 1) that the record starts at, or its ordinal where the format has no lines.
  public var line: Int

  /// Creates a record.
  public init(
    problem: Problem,
    provisionalName: ProblemName? = nil,
    recording: Recording? = nil,
    columns: [ScoreColumn] = [],
    rollouts: [RolloutRecord] = [],
    predictions: [String: String] = [:],
    line: Int
  ) {
    self.problem = problem
    self.provisionalName = provisionalName
    self.recording = recording
    self.columns = columns
    self.rollouts = rollouts
    self.predictions = predictions
    self.line = line
  }
}

extension TraceRecord {
  /// Takes out of the rollouts all but where they leave others, once it is kept otherwise.
  public mutating func removeContents() {
    for index in rollouts.indices {
      rollouts[index] = RolloutRecord(
        content: SharedText(utf8: []), ends: SharedNumbers([]), parent: rollouts[index].parent)
    }
  }
}

/// One rollout, or the part of one after the point where it leaves an earlier rollout of the same record.
public struct RolloutRecord: Sendable {
  /// The point of departure of a segment.
  public struct Parent: Hashable, Sendable {
    /// The earlier rollout's position in the same file among those of the same problem, counted from 0.
    public var rollout: Int
    /// The number of steps, counted from the prompt, of that rollout's whole path that precede this segment.
    public var step: Int
    /// The stored recording that the rollout belongs to, where it is not one of this file: then `rollout` counts the
    /// store's rollouts of problem and recording.
    public var recording: String?
    /// `StableHash.check` of the steps that precede this segment, where the file says so: a file that was made for
    /// another content is refused then.
    public var check: UInt64?

    /// Creates a point of departure.
    public init(rollout: Int, step: Int, recording: String? = nil, check: UInt64? = nil) {
      self.rollout = rollout
      self.step = step
      self.recording = recording
      self.check = check
    }
  }

  /// The texts of the segment's own steps, joined by the recording's delimiter.
  public var content: SharedText
  /// Where each own step ends in `content`, in UTF-8 bytes, ascending; a step begins a delimiter after its forerunner.
  public var ends: SharedNumbers<Int32>
  /// Where the segment leaves an earlier rollout; `nil` for a rollout from the prompt.
  public var parent: Parent?
  /// Tokens of each own step; empty where unknown.
  public var tokens: [Int32]
  /// Tokens of all own steps together, where only the sum is known.
  public var totalTokens: Int?
  /// Sum of log-probabilities of each own step; empty where unknown.
  public var logProbabilities: [Double]
  /// How the rollout ended.
  public var finish: Finish
  /// For each column of the record: one score for each own step, or empty where the scorer saw nothing of this rollout.
  public var scoreLists: ScoreLists
  /// The final answer where the file states it; otherwise it is extracted from the text.
  public var answer: String?
  /// The source's own verdict on the answer.
  public var sourceVerdict: Bool?

  /// Creates a rollout.
  public init(
    content: SharedText,
    ends: SharedNumbers<Int32>,
    parent: Parent? = nil,
    tokens: [Int32] = [],
    totalTokens: Int? = nil,
    logProbabilities: [Double] = [],
    finish: Finish = .stop,
    scoreLists: ScoreLists = ScoreLists([]),
    answer: String? = nil,
    sourceVerdict: Bool? = nil
  ) {
    self.content = content
    self.ends = ends
    self.parent = parent
    self.tokens = tokens
    self.totalTokens = totalTokens
    self.logProbabilities = logProbabilities
    self.finish = finish
    self.scoreLists = scoreLists
    self.answer = answer
    self.sourceVerdict = sourceVerdict
  }

  /// Creates a rollout whose text stands by itself.
  public init(
    text: String,
    stepEnds: [Int32],
    parent: Parent? = nil,
    tokens: [Int32] = [],
    totalTokens: Int? = nil,
    logProbabilities: [Double] = [],
    finish: Finish = .stop,
    scores: [[Double]] = [],
    answer: String? = nil,
    sourceVerdict: Bool? = nil
  ) {
    self.init(
      content: SharedText(text), ends: SharedNumbers(stepEnds), parent: parent, tokens: tokens,
      totalTokens: totalTokens,
      logProbabilities: logProbabilities, finish: finish, scoreLists: ScoreLists(scores), answer: answer,
      sourceVerdict: sourceVerdict)
  }

  /// The numbers of `ends`.
  public var stepEnds: [Int32] {
    get { ends.numbers }
    set { ends = SharedNumbers(newValue) }
  }

  /// The lists of `scoreLists`.
  public var scores: [[Double]] {
    get { scoreLists.lists }
    set { scoreLists = ScoreLists(newValue) }
  }

  /// The text of `content`.
  public var text: String {
    get { content.string }
    set { content = SharedText(newValue) }
  }

  /// Creates a rollout from the texts of its steps.
  public init(steps: [String], delimiter: String, finish: Finish = .stop, scores: [[Double]] = []) {
    var ends: [Int32] = []
    ends.reserveCapacity(steps.count)
    var end = 0
    for (position, step) in steps.enumerated() {
      end += step.utf8.count + (position == 0 ? 0 : delimiter.utf8.count)
      ends.append(Int32(clamping: end))
    }
    self.init(text: steps.joined(separator: delimiter), stepEnds: ends, finish: finish, scores: scores)
  }
}
