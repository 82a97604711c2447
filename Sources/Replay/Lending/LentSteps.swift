import Foundation
import Traces

/// Steps of other problems that stand behind a problem's own nodes: number i here is node `tree.nodeCount + i` of a run.
///
/// They come in pairs, a prefix that lends and the step after it; nothing is recorded after that one. Scores are shifted
/// by what the two problems' scores differ.
struct LentSteps: Sendable {
  /// The scores, in the scorer's scale, as if every score judged anew.
  private(set) var scores: [Double] = []
  /// What is new in each score.
  private(set) var innovations: [Double] = []
  /// Steps from the prompt, this one included.
  private(set) var depth: [Int32] = []
  private(set) var tokens: [Int32] = []
  /// As in `RecordedStep`: the class of the answer, -1 for an end without one, `RecordedStep.open` where there is no end.
  private(set) var answerClass: [Int32] = []
  private(set) var states: [UInt8] = []

  private let offset: Double
  private let scale: ScoreScale
  private let wrongClasses: [Int32]
  private var wrongEnds = 0

  /// Nothing.
  static let none = LentSteps()

  private init() {
    offset = 0
    scale = .probability
    wrongClasses = []
  }

  /// Prepares loans to a problem.
  init(borrower tree: TraceTree, model: LatentStateModel, scale: ScoreScale) {
    offset = model.offset(of: tree.problem.key)
    self.scale = scale
    let wrong = tree.rollouts.map { tree.answerClass[Int($0)] }.filter { $0 != 0 }
    wrongClasses = wrong.isEmpty ? [1] : wrong
  }

  /// The number of steps.
  var count: Int { scores.count }

  /// Whether a step lends the one behind it.
  func isLender(_ index: Int) -> Bool { index % 2 == 0 }

  /// The group of donors of each step: by depth, and at each depth by state after the borrower's own.
  func groups(siblings: Int, after own: Int) -> [Int32] {
    zip(depth, states).map { $0 * Int32(siblings) + Int32(own) + Int32($1) }
  }

  /// Adds a loan.
  ///
  /// - Parameters:
  ///   - move: The step that is lent.
  ///   - depth: The number that the step has for the borrower, from 1.
  ///   - isEnd: Whether the borrower's path is over with it.
  ///   - isRight: Whether it is then right; else it comes to one of the borrower's own wrong answers.
  mutating func append(_ move: StatedMove, depth: Int, isEnd: Bool, isRight: Bool) {
    add(innovation: move.innovationBefore, depth: depth - 1, tokens: 0, state: move.from)
    add(innovation: move.innovation, depth: depth, tokens: move.tokens, state: move.to)
    if isEnd { answerClass[answerClass.count - 1] = isRight ? 0 : nextWrongClass() }
  }

  private mutating func add(innovation: Double, depth: Int, tokens: Int32, state: UInt8) {
    let value = innovation + offset
    innovations.append(value)
    scores.append(scale == .probability ? 1 / (1 + exp(-value)) : value)
    self.depth.append(Int32(depth))
    self.tokens.append(tokens)
    answerClass.append(RecordedStep.open)
    states.append(state)
  }

  /// Wrong answers as often as they were recorded.
  private mutating func nextWrongClass() -> Int32 {
    wrongEnds += 1
    return wrongClasses[(wrongEnds - 1) % wrongClasses.count]
  }
}
