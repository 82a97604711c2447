import Traces

extension BatchWriter {
  /// Finds the stored rollout that a continuation leaves, by its index among those of its problem and recording, as
  /// `rollout_index` counts them; what the present source has written does not count.
  func resolve(
    _ parent: RolloutRecord.Parent, stored recording: String, index: Int, context: RolloutContext
  ) throws -> StoredParent {
    let field = "rollouts[\(index)].parent"
    let statement = statements.findStoredParent
    statement.bind(1, context.problem)
    statement.bind(2, recording)
    statement.bind(3, source)
    statement.bind(4, parent.rollout)
    defer { statement.reset() }
    guard parent.rollout >= 0, try statement.step() else {
      throw UnacceptableData(
        field: field + ".rollout", found: "\(parent.rollout) of recording \(recording)",
        expected: "a rollout of that recording in the store",
        remedy: "ingest the recording that the continuations were asked for first, into the same store")
    }
    let state = ParentState(statement)
    try checkStep(parent, of: state, field: field)
    let found = StoredParent(identifier: state.identifier, step: parent.step)
    try checkPrefix(parent, found, field: field)
    return found
  }

  private func checkPrefix(_ parent: RolloutRecord.Parent, _ found: StoredParent, field: String) throws {
    guard let check = parent.check else { return }
    guard StableHash.check(ofPrefix: try keys(before: found)) == check else {
      throw UnacceptableData(
        field: field, found: "\(parent.step) steps of rollout \(parent.rollout) that the batch was not made for",
        expected: "the store that `retrace wants` was asked of, with the same rollouts",
        remedy: "rollouts have been added to the recording since, or this is another store: ask `retrace wants` again")
    }
  }

  /// The keys of the steps from the prompt to a point of departure.
  private func keys(before point: StoredParent) throws -> [UInt64] {
    let statement = statements.findKeys
    statement.bind(1, point.identifier)
    guard try statement.step() else {
      statement.reset()
      return []
    }
    let own = statement.packed(0, as: UInt64.self)
    let before =
      statement.isNull(1)
      ? nil : StoredParent(identifier: statement.integer(1), step: Int(statement.integer(2)))
    statement.reset()
    guard let before else { return Array(own.prefix(point.step)) }
    let earlier = try keys(before: before)
    return point.step <= earlier.count
      ? Array(earlier.prefix(point.step)) : earlier + own.prefix(point.step - earlier.count)
  }
}
