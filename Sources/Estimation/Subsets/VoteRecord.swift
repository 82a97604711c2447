/// A problem's rollouts as a vote sees them: how many stand for the right class, for each wrong class, and for none.
public struct VoteRecord: Hashable, Sendable {
  /// Rollouts of the right class.
  public var right: Int
  /// Rollouts of each wrong class.
  public var wrong: [Int]
  /// Rollouts without an answer: they can be drawn, and vote for nothing.
  public var silent: Int

  /// Creates a record of counts; classes without rollouts do not matter.
  public init(right: Int, wrong: [Int], silent: Int = 0) {
    self.right = right
    self.wrong = wrong
    self.silent = silent
  }

  /// Counts a problem's rollouts.
  /// - Parameters:
  ///   - classes: each rollout's answer class, any numbering; a negative number is no answer.
  ///   - rightClass: the number of the right class; `nil` where no rollout is right.
  public init(classes: some Sequence<Int>, rightClass: Int?) {
    var counts: [Int: Int] = [:]
    var silent = 0
    for answerClass in classes {
      if answerClass < 0 { silent += 1 } else { counts[answerClass, default: 0] += 1 }
    }
    let right = rightClass.flatMap { counts.removeValue(forKey: $0) } ?? 0
    // Sorted, so that sums do not depend on the dictionary's order.
    self.init(right: right, wrong: counts.values.sorted(by: >), silent: silent)
  }

  /// All rollouts.
  public var total: Int { right + wrong.reduce(silent, +) }
}
