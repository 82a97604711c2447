import Traces

extension PackedRollouts {
  /// A hash of a record's rollouts, of all texts and numbers: equal rollouts in equal order, equal fingerprints. `nil`
  /// where the record is refused anyway.
  ///
  /// The texts enter by the keys of their steps, which are known already, so that no text is read again.
  ///
  /// - Parameters:
  ///   - record: The record that was packed.
  ///   - recording: The recording that its rollouts belong to.
  public func fingerprint(of record: TraceRecord, in recording: Recording) -> UInt64? {
    guard refusal == nil else { return nil }
    var hash = StableHash()
    hash.combine(record.problem.key)
    hash.combine(recording.name)
    hash.combine(UInt64(bitPattern: Int64(recording.seed ?? -1)))
    packed.bytes.withUnsafeBytes { hash.combine(bytes: $0) }
    for list in scores { hash.combine(UInt64(list.rollout) << 32 | UInt64(list.column)) }
    for (row, rollout) in zip(rows, record.rollouts) {
      hash.combine(UInt64(row.steps))
      hash.combine(UInt64(bitPattern: Int64(row.totalTokens ?? -1)))
      hash.combine(rollout.finish.rawValue)
      hash.combine(UInt64(bitPattern: Int64(rollout.parent?.rollout ?? -1)))
      hash.combine(UInt64(bitPattern: Int64(rollout.parent?.step ?? -1)))
      hash.combine(rollout.answer ?? "")
      hash.combine(rollout.sourceVerdict.map { $0 ? 2 : 1 } ?? 0)
    }
    return hash.value
  }
}
