/// Groups answers into classes of equal answers.
public struct AnswerClasses: Sendable {
  private let grader: Grader

  /// Groups with the given grader.
  public init(grader: Grader = Grader()) { self.grader = grader }

  /// The classes of answers without a gold answer, by class key.
  ///
  /// - Parameter answers: the answers; nil for none.
  /// - Returns: for each answer the number of its class, counted from 0 by first appearance; -1 for nil.
  public func classes(of answers: [String?]) -> [Int] {
    var numbering = ClassNumbering()
    return answers.map { answer in answer.map { numbering.number(grader.canonicalForm($0).classKey) } ?? -1 }
  }

  /// The classes of the answers to a problem with a gold answer: all right answers form one class, whatever their form,
  /// and the others group by class key.
  ///
  /// - Parameters:
  ///   - answers: the answers; nil for none.
  ///   - gold: the right answer.
  /// - Returns: for each answer the number of its class, counted from 0 by first appearance, or -1 for nil, and the
  ///   number of the class of right answers, or nil when none is right.
  public func classes(of answers: [String?], gold: String) -> (classes: [Int], right: Int?) {
    let prepared = PreparedGold(gold, grader: grader)
    var numbering = ClassNumbering()
    var right: Int?
    let classes = answers.map { answer -> Int in
      guard let answer else { return -1 }
      let verdict = prepared.verdict(on: answer)
      if verdict.equal {
        let number = right ?? numbering.fresh()
        right = number
        return number
      }
      return numbering.number(verdict.answer.classKey)
    }
    return (classes, right)
  }
}

/// Numbers keys by first appearance.
private struct ClassNumbering {
  private var numbers: [ClassKey: Int] = [:]
  private var next = 0

  mutating func fresh() -> Int {
    next += 1
    return next - 1
  }

  mutating func number(_ key: ClassKey) -> Int {
    if let known = numbers[key] { return known }
    let number = fresh()
    numbers[key] = number
    return number
  }
}
