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
    hash.combine(UInt64(bitPattern: Int64(record.part)))
    hash.combine(UInt64(bitPattern: Int64(recording.seed ?? -1)))
    numbers.bytes.withUnsafeBytes { Self.combine($0, into: &hash) }
    for list in scores { hash.combine(UInt64(list.rollout) << 32 | UInt64(list.column)) }
    for index in rows.indices { combine(index, of: record, into: &hash) }
    return hash.value
  }

  /// Absorbs bytes in four hashes side by side, none of whose steps waits for those of the others.
  private static func combine(_ bytes: UnsafeRawBufferPointer, into hash: inout StableHash) {
    var lanes = (StableHash(seed: 1), StableHash(seed: 2), StableHash(seed: 3), StableHash(seed: 4))
    var offset = 0
    while offset + 32 <= bytes.count {
      lanes.0.combine(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      lanes.1.combine(bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
      lanes.2.combine(bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
      lanes.3.combine(bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
      offset += 32
    }
    for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { hash.combine(lane.value) }
    hash.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[offset...]))
    hash.combine(UInt64(bytes.count))
  }

  /// Absorbs what is not among the packed bytes of a rollout.
  private func combine(_ index: Int, of record: TraceRecord, into hash: inout StableHash) {
    let verdict: UInt64 = rows[index].sourceVerdict.map { $0 ? 2 : 1 } ?? 0
    let finish: UInt64 =
      switch rows[index].finish {
      case .stop: 0
      case .length: 1
      case .open: 2
      }
    hash.combine(UInt64(rows[index].steps) << 8 | finish << 4 | verdict)
    hash.combine(UInt64(bitPattern: Int64(rows[index].totalTokens ?? -1)))
    hash.combine(record.rollouts[index].answer ?? "")
    hash.combine(UInt64(bitPattern: Int64(record.rollouts[index].parent?.rollout ?? -1)))
    hash.combine(UInt64(bitPattern: Int64(record.rollouts[index].parent?.step ?? -1)))
  }
}
