extension Int {
  /// The number with its noun: `1 rollout`, `2 rollouts`.
  ///
  /// - Parameter noun: A noun in the singular whose plural ends in `s`.
  public func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
