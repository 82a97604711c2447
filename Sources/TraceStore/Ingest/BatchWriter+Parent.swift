import Traces

/// The row that a segment continues, and after how many steps from the prompt.
struct StoredParent {
  var identifier: Int64
  var step: Int
}

/// What a segment must know of the rollout that it continues.
struct ParentState {
  var identifier: Int64
  /// Steps from the prompt to its end.
  var depth: Int
  var isOpen: Bool
  var recording: Int64
}

extension BatchWriter {
  /// Where each rollout of a record leaves another; empty where all begin at the prompt.
  func parents(of written: PackedRecord, context: RolloutContext) throws -> [StoredParent?] {
    let rollouts = written.record.rollouts
    guard rollouts.indices.contains(where: { rollouts[$0].parent != nil }) else { return [] }
    var parents: [StoredParent?] = []
    parents.reserveCapacity(rollouts.count)
    for index in rollouts.indices {
      let parent = rollouts[index].parent
      parents.append(
        try parent.map { try resolve($0, index: index, of: written.packed, before: parents, context: context) })
    }
    return parents
  }

  /// Finds the rollout that a segment continues, in this record or an earlier one of the same source.
  ///
  /// - Parameter parents: Where the rollouts before it leave others.
  private func resolve(
    _ parent: RolloutRecord.Parent, index: Int, of packed: PackedRollouts, before parents: [StoredParent?],
    context: RolloutContext
  ) throws -> StoredParent {
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
    let before = parent.rollout - context.firstPosition
    let state =
      before >= 0
      ? ParentState(
        identifier: context.firstIdentifier &+ Int64(before),
        depth: (parents[before]?.step ?? 0) + packed.rows[before].steps,
        isOpen: packed.rows[before].finish == .open, recording: context.recording)
      : try stored(parent, field: field, context: context)
    try checkStep(parent, of: state, field: field)
    guard state.recording == context.recording || context.sampling == .search else {
      throw UnacceptableData(
        field: field + ".rollout", found: "\(parent.rollout), a rollout of another recording",
        expected: "a rollout of the same recording",
        remedy: "one tree is one recording: name it for all records with --recording NAME")
    }
    return StoredParent(identifier: state.identifier, step: parent.step)
  }

  /// A rollout of an earlier record of the same source.
  private func stored(
    _ parent: RolloutRecord.Parent, field: String, context: RolloutContext
  ) throws -> ParentState {
    let statement = statements.findParent
    statement.bind(1, context.problem)
    statement.bind(2, source)
    statement.bind(3, parent.rollout)
    defer { statement.reset() }
    guard try statement.step() else {
      throw UnacceptableData(field: field + ".rollout", found: "\(parent.rollout)", expected: "a stored rollout")
    }
    return ParentState(statement)
  }

  func checkStep(_ parent: RolloutRecord.Parent, of state: ParentState, field: String) throws {
    let depth = state.depth
    guard parent.step >= 0, parent.step <= depth else {
      throw UnacceptableData(
        field: field + ".step", found: "\(parent.step)",
        expected: "0 to \(depth), since the path of rollout \(parent.rollout) has \(depth) steps")
    }
    guard parent.step < depth || state.isOpen else {
      throw UnacceptableData(
        field: field + ".step", found: "\(parent.step)",
        expected: "less than \(depth), since rollout \(parent.rollout) is over after \(depth) steps",
        remedy: "a rollout that others continue has \"finish\": null")
    }
  }
}

extension ParentState {
  /// Reads a row of identifier, depth, finish and recording.
  init(_ row: PreparedStatement) {
    self.init(
      identifier: row.integer(0), depth: Int(row.integer(1)), isOpen: row.text(2) == Finish.open.rawValue,
      recording: row.integer(3))
  }
}
