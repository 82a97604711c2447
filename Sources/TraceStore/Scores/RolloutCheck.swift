import Traces

/// What a rollout's own steps read like, in 16 hexadecimal digits: how scores that come back from elsewhere prove that
/// they belong to the rollout that they name.
///
/// The index of a rollout changes when another file is added to its recording; the check does not.
enum RolloutCheck {
  /// The check of steps with the given keys.
  static func text(keys: [UInt64]) -> String {
    let digits = String(StableHash.check(ofPrefix: keys), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Finds rollouts by their checks, where the indices that scores name hold no more.
struct RolloutChecks {
  /// For each problem and recording, known by its first rollout, the rollouts by check; `nil` for a check of several.
  private var known: [Int64: [String: RolloutDirectory.Entry?]] = [:]

  /// The only one of some rollouts with a check; `nil` where none or several have it.
  ///
  /// - Parameters:
  ///   - check: The check.
  ///   - siblings: All rollouts of a problem and a recording.
  ///   - text: The check of a rollout.
  mutating func only(
    _ check: String, among siblings: [RolloutDirectory.Entry], text: (RolloutDirectory.Entry) throws -> String?
  ) rethrows -> RolloutDirectory.Entry? {
    guard let first = siblings.first else { return nil }
    if let byCheck = known[first.identifier] { return byCheck[check] ?? nil }
    var byCheck: [String: RolloutDirectory.Entry?] = [:]
    for rollout in siblings {
      guard let text = try text(rollout) else { continue }
      byCheck.updateValue(byCheck.keys.contains(text) ? nil : rollout, forKey: text)
    }
    known[first.identifier] = byCheck
    return byCheck[check] ?? nil
  }
}

extension StoredRollout {
  /// The check of the rollout's own steps, which `ImportedScores.check` must equal.
  public var check: String {
    RolloutCheck.text(
      keys: stepTexts.map { step in
        var copy = step
        return copy.withUTF8 { StableHash.key(ofStep: UnsafeRawBufferPointer($0)) }
      })
  }
}
