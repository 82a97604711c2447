/// What a store's load puts segments together with, run by run.
extension RecordedSegments {
  /// Gives segments without columns their columns, with unknown scores, and says what their recordings are.
  package mutating func take(columns: [ScoreColumn], recordings: [Recording]) {
    self.columns = columns
    self.recordings = recordings
    scoreSteps = columns.map { _ in Array(repeating: .nan, count: keySteps.count) }
  }

  /// Forgets all segments and keeps their memory.
  package mutating func removeAll() {
    firstStep.removeLast(count)
    parent.removeAll(keepingCapacity: true)
    parentStep.removeAll(keepingCapacity: true)
    finish.removeAll(keepingCapacity: true)
    answerClass.removeAll(keepingCapacity: true)
    recording.removeAll(keepingCapacity: true)
    keySteps.removeAll(keepingCapacity: true)
    tokenSteps.removeAll(keepingCapacity: true)
    logProbabilitySteps.removeAll(keepingCapacity: true)
    for column in columns.indices { scoreSteps[column].removeAll(keepingCapacity: true) }
    hasApportionedTokens = false
  }

  /// Adds the segments of another record of the same columns and recordings, none of which continues another.
  package mutating func append(contentsOf other: RecordedSegments) {
    let steps = keySteps.count
    firstStep.append(contentsOf: other.firstStep.dropFirst().lazy.map { $0 + steps })
    parent.append(contentsOf: other.parent)
    parentStep.append(contentsOf: other.parentStep)
    finish.append(contentsOf: other.finish)
    answerClass.append(contentsOf: other.answerClass)
    recording.append(contentsOf: other.recording)
    keySteps.append(contentsOf: other.keySteps)
    tokenSteps.append(contentsOf: other.tokenSteps)
    logProbabilitySteps.append(contentsOf: other.logProbabilitySteps)
    for column in columns.indices { scoreSteps[column].append(contentsOf: other.scoreSteps[column]) }
    if other.hasApportionedTokens { hasApportionedTokens = true }
  }

  /// Makes a segment the continuation of another one.
  package mutating func setParent(_ parent: Int, of segment: Int) { self.parent[segment] = Int32(parent) }
}
