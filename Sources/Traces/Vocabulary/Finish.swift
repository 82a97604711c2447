/// How a recorded rollout ended.
public enum Finish: String, Hashable, Sendable, CaseIterable {
  /// The generator stopped by itself: the rollout is complete.
  case stop
  /// The generator ran into its length limit: the rollout is over, usually without an answer.
  case length
  /// The rollout was left off (a killed particle, a pruned beam) or is an inner segment that others continue.
  case open
}
