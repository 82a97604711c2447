import Traces

/// The row that a segment continues, and after how many steps from the prompt.
struct StoredParent {
  var identifier: Int64
  var step: Int
}

extension BatchWriter {
  /// Finds the rollout that a segment continues, in this record or an earlier one of the same source.
  func resolve(_ parent: RolloutRecord.Parent, index: Int, context: RolloutContext) throws -> StoredParent {
    if let recording = parent.recording {
      return try resolve(parent, stored: recording, index: index, context: context)
    }
    let position = context.firstPosition + index
    let field = "rollouts[\(index)].parent"
    guard parent.rollout >= 0, parent.rollout < position else {
      throw UnacceptableData(
        field: field + ".rollout", found: "\(parent.rollout)",
        expected: position == 0
          ? "no parent, since this is the problem's first rollout"
          : "an earlier rollout of the same problem in this file, 0 to \(position - 1)")
    }
    let statement = statements.findParent
    statement.bind(1, context.problem)
    statement.bind(2, source)
    statement.bind(3, parent.rollout)
    defer { statement.reset() }
    guard try statement.step() else {
      throw UnacceptableData(field: field + ".rollout", found: "\(parent.rollout)", expected: "a stored rollout")
    }
    try checkStep(parent, row: statement, field: field)
    guard statement.integer(3) == context.recording || context.sampling == .search else {
      throw UnacceptableData(
        field: field + ".rollout", found: "\(parent.rollout), a rollout of another recording",
        expected: "a rollout of the same recording",
        remedy: "one tree is one recording: name it for all records with --recording NAME")
    }
    return StoredParent(identifier: statement.integer(0), step: parent.step)
  }

  func checkStep(_ parent: RolloutRecord.Parent, row: PreparedStatement, field: String) throws {
    let depth = Int(row.integer(1))
    guard parent.step >= 0, parent.step <= depth else {
      throw UnacceptableData(
        field: field + ".step", found: "\(parent.step)",
        expected: "0 to \(depth), since the path of rollout \(parent.rollout) has \(depth) steps")
    }
    guard parent.step < depth || row.text(2) == Finish.open.rawValue else {
      throw UnacceptableData(
        field: field + ".step", found: "\(parent.step)",
        expected: "less than \(depth), since rollout \(parent.rollout) is over after \(depth) steps",
        remedy: "a rollout that others continue has \"finish\": null")
    }
  }
}
