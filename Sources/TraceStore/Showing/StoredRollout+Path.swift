import Traces

extension [StoredRollout] {
  /// The texts of all steps from the prompt to the end of a rollout, through the rollouts that it continues.
  ///
  /// - Parameter position: The rollout's position in this array, which holds all rollouts of its problem and of the
  ///   recordings that it continues.
  public func pathTexts(to position: Int) -> [String] {
    let rollout = self[position]
    guard let parent = rollout.record.parent,
      let before = firstIndex(where: {
        $0.index == parent.rollout && $0.recording.isSameText(as: parent.recording ?? rollout.recording)
      })
    else { return rollout.stepTexts }
    return pathTexts(to: before).prefix(parent.step) + rollout.stepTexts
  }
}
