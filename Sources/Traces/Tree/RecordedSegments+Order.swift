extension RecordedSegments {
  /// Some of the segments, or all, in another order; parents are renumbered with them.
  ///
  /// - Parameter order: The present index of each segment of the result, none twice; with a segment its parent.
  /// - Complexity: O(n) in the number of steps.
  public func reordered(_ order: [Int]) -> RecordedSegments {
    var place = [Int32](repeating: -1, count: count)
    for (new, old) in order.enumerated() { place[old] = Int32(new) }
    let steps = order.reduce(0) { $0 + self.steps(of: $1).count }
    var result = RecordedSegments(columns: columns, recordings: recordings, steps: steps, segments: order.count)
    result.hasApportionedTokens = hasApportionedTokens
    for old in order { result.append(segment: old, of: self, place: place) }
    return result
  }

  private mutating func append(segment old: Int, of source: RecordedSegments, place: [Int32]) {
    let parent = source.parent[old]
    let range = source.steps(of: old)
    begin(
      Segment(
        parent: parent < 0 ? -1 : place[Int(parent)], parentStep: source.parentStep[old], finish: source.finish[old],
        answerClass: source.answerClass[old], recording: source.recording[old]))
    keySteps.append(contentsOf: source.keySteps[range])
    tokenSteps.append(contentsOf: source.tokenSteps[range])
    logProbabilitySteps.append(contentsOf: source.logProbabilitySteps[range])
    for column in columns.indices { scoreSteps[column].append(contentsOf: source.scoreSteps[column][range]) }
    firstStep.append(keySteps.count)
  }

  /// Replaces arbitrary labels of answer classes by the numbers that replay expects: 0 for right answers, others from 1
  /// by first appearance; negative labels stay -1.
  ///
  /// - Parameter isRight: Whether a label stands for right answers.
  public mutating func numberAnswerClasses(isRight: (Int32) -> Bool) {
    var numbers: [Int32: Int32] = [:]
    var next: Int32 = 1
    for segment in answerClass.indices where answerClass[segment] >= 0 {
      let label = answerClass[segment]
      if let number = numbers[label] {
        answerClass[segment] = number
      } else {
        let number = isRight(label) ? 0 : next
        if number != 0 { next += 1 }
        numbers[label] = number
        answerClass[segment] = number
      }
    }
  }
}
