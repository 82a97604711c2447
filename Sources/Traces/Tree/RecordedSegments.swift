/// All that replay needs of one problem's rollouts, without text, on flat arrays: what a store loads and what a
/// `TraceTree` is built from.
///
/// A segment is a rollout, or the part of one after the point where it leaves an earlier one. The arrays that end in
/// `...Steps` hold one element for each own step of every segment, segment after segment; `firstStep[i]` is where the
/// steps of segment i begin.
public struct RecordedSegments: Sendable {
  /// Offsets into the arrays of steps; one more element than there are segments.
  public internal(set) var firstStep: [Int] = [0]
  /// The index of the segment that is continued; -1 for a rollout from the prompt.
  public internal(set) var parent: [Int32] = []
  /// The number of steps of the parent's whole path that precede the segment; 0 for a rollout from the prompt.
  public internal(set) var parentStep: [Int32] = []
  /// How the segment ended.
  public internal(set) var finish: [Finish] = []
  /// The answer's class: 0 is the class of right answers, others count from 1, -1 means no answer.
  public internal(set) var answerClass: [Int32] = []
  /// Index into `recordings`.
  public internal(set) var recording: [Int32] = []
  /// 64-bit keys of the steps' texts: equal texts have equal keys.
  public internal(set) var keySteps: [UInt64] = []
  /// Tokens of the steps; -1 where unknown.
  public internal(set) var tokenSteps: [Int32] = []
  /// Log-probabilities of the steps; NaN where unknown.
  public internal(set) var logProbabilitySteps: [Double] = []
  /// One array for each column of scores; NaN where the scorer saw nothing of the segment.
  public internal(set) var scoreSteps: [[Double]]
  /// Whether some tokens of steps are apportioned from their rollout's total by length of text.
  public internal(set) var hasApportionedTokens = false
  /// The columns of scores.
  public internal(set) var columns: [ScoreColumn]
  /// The recordings that the segments come from.
  public internal(set) var recordings: [Recording]

  /// Creates an empty set of segments with room for what will be added.
  public init(columns: [ScoreColumn], recordings: [Recording], steps: Int = 0, segments: Int = 0) {
    self.columns = columns
    self.recordings = recordings
    scoreSteps = Array(repeating: [], count: columns.count)
    firstStep.reserveCapacity(segments + 1)
    keySteps.reserveCapacity(steps)
    tokenSteps.reserveCapacity(steps)
    logProbabilitySteps.reserveCapacity(steps)
    for column in columns.indices { scoreSteps[column].reserveCapacity(steps) }
  }

  /// The number of segments.
  public var count: Int { parent.count }

  /// The positions of the steps of a segment in the arrays of steps.
  public func steps(of segment: Int) -> Range<Int> { firstStep[segment]..<firstStep[segment + 1] }

  /// One segment to be added.
  public struct Segment: Sendable {
    /// The index of the continued segment; -1 for a rollout from the prompt.
    public var parent: Int32 = -1
    /// The number of the parent path's steps before this segment.
    public var parentStep: Int32 = 0
    /// How the segment ended.
    public var finish: Finish = .stop
    /// 0 right, 1... others, -1 none.
    public var answerClass: Int32 = -1
    /// Index into `recordings`.
    public var recording: Int32 = 0

    /// Creates a complete rollout from the prompt, without an answer, of the first recording.
    public init(
      parent: Int32 = -1,
      parentStep: Int32 = 0,
      finish: Finish = .stop,
      answerClass: Int32 = -1,
      recording: Int32 = 0
    ) {
      self.parent = parent
      self.parentStep = parentStep
      self.finish = finish
      self.answerClass = answerClass
      self.recording = recording
    }
  }

  /// Adds a segment with its steps.
  ///
  /// - Parameters:
  ///   - segment: What concerns the segment as a whole.
  ///   - keys: One 64-bit key a step.
  ///   - tokens: One count a step, or empty where unknown.
  ///   - logProbabilities: One number a step, or empty where unknown.
  ///   - scores: For each column one number a step, or empty where unknown; missing columns count as empty.
  public mutating func append(
    _ segment: Segment,
    keys: some Collection<UInt64>,
    tokens: some Collection<Int32> = [],
    logProbabilities: some Collection<Double> = [],
    scores: [[Double]] = []
  ) {
    begin(segment)
    keySteps.append(contentsOf: keys)
    let steps = keys.count
    Self.fill(&tokenSteps, with: tokens, count: steps, missing: -1)
    Self.fill(&logProbabilitySteps, with: logProbabilities, count: steps, missing: .nan)
    for column in columns.indices {
      Self.fill(&scoreSteps[column], with: column < scores.count ? scores[column] : [], count: steps, missing: .nan)
    }
    firstStep.append(keySteps.count)
  }

  mutating func begin(_ segment: Segment) {
    parent.append(segment.parent)
    parentStep.append(segment.parentStep)
    finish.append(segment.finish)
    answerClass.append(segment.answerClass)
    recording.append(segment.recording)
  }

  private static func fill<Element>(
    _ array: inout [Element],
    with values: some Collection<Element>,
    count: Int,
    missing: Element
  ) {
    if values.count == count {
      array.append(contentsOf: values)
    } else {
      array.append(contentsOf: repeatElement(missing, count: count))
    }
  }
}
