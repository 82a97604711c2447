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
