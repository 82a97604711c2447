import Traces

extension BatchWriter {
  /// The class of an answer, added where its problem does not have it yet.
  ///
  /// Its form is the shortest of its answers, the first in order of bytes among equals, so that it does not depend on
  /// the order of ingest.
  func classIdentifier(of answer: GradedAnswer, problem: Int64) throws -> Int64 {
    try storedClass(of: answer, problem: problem) ?? addClass(of: answer, to: problem)
  }

  private func storedClass(of answer: GradedAnswer, problem: Int64) throws -> Int64? {
    let statement = statements.findClass
    statement.bind(1, problem)
    statement.bind(2, answer.classKey)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    let identifier = statement.integer(0)
    let form = statement.text(1) ?? ""
    let status = GradedAnswer.Status(rawValue: statement.text(3) ?? "") ?? .fallback
    guard (statement.integer(2) == 1) == answer.isRight else { throw contradiction(answer) }
    let better = Self.precedes(answer.text, form) ? answer.text : form
    let best: GradedAnswer.Status = status == .parsed || answer.status == .parsed ? .parsed : .fallback
    if best != status {
      try statements.amendments.note(.answerClass, identifier, field: "status", previous: status.rawValue)
    }
    if better != form || best != status { try update(identifier, form: better, status: best) }
    if answer.status == .parsed {
      try statements.amendments.confirm(.answerClass, identifier, fields: ["status"])
    }
    return identifier
  }

  private func update(_ identifier: Int64, form: String, status: GradedAnswer.Status) throws {
    statements.updateClass.bind(1, form)
    statements.updateClass.bind(2, status.rawValue)
    statements.updateClass.bind(3, identifier)
    try statements.updateClass.run()
  }

  private func addClass(of answer: GradedAnswer, to problem: Int64) throws -> Int64 {
    let statement = statements.insertClass
    statement.bind(1, problem)
    statement.bind(2, answer.classKey)
    statement.bind(3, answer.text)
    statement.bind(4, answer.isRight)
    statement.bind(5, answer.status.rawValue)
    try statement.run()
    return statement.lastInsertedRow
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    let lengths = (left.utf8.count, right.utf8.count)
    return lengths.0 == lengths.1 ? left.utf8.lexicographicallyPrecedes(right.utf8) : lengths.0 < lengths.1
  }

  private func contradiction(_ answer: GradedAnswer) -> UnacceptableData {
    UnacceptableData(
      field: "answer", found: "\(quoted(answer.text)), graded \(answer.isRight ? "right" : "wrong")",
      expected: "the verdict that the store has for equal answers, \(answer.isRight ? "wrong" : "right")",
      remedy: "the store was graded by another version of retrace: ingest its sources into a new store")
  }
}
