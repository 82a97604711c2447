import Traces

/// Finds records of a file that are an earlier one again: the same rollouts twice, which would count twice.
///
/// Drawn twice, a single rollout may well be the same; several different ones in the same order are a copy. So is a
/// record in which a tool writes all of a problem's rollouts, and one whose own number has been met.
struct RepeatedRecords {
  let file: String
  /// Whether one record is all that the format's tool writes of a problem in a run.
  let areWholeSamples: Bool
  private var linesByFingerprint: [UInt64: Int] = [:]
  private var linesByIdentity: [RecordIdentity: Int] = [:]

  init(file: String, areWholeSamples: Bool) {
    self.file = file
    self.areWholeSamples = areWholeSamples
  }

  /// What is to be said of a record that is like an earlier one.
  enum Finding {
    /// It is no draw of its own.
    case refusal(UnacceptableData)
    /// It may be one.
    case possible(UnacceptableData)
  }

  /// Looks at the next record of the file.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - identity: What the file itself numbers it with.
  ///   - fingerprint: What it says, where that is known.
  mutating func find(_ record: TraceRecord, identity: RecordIdentity?, fingerprint: RecordFingerprint?) -> Finding? {
    if let identity {
      guard let before = linesByIdentity.updateValue(record.line, forKey: identity) else { return nil }
      linesByIdentity[identity] = before
      return .refusal(refusal(of: record, identity, before))
    }
    guard let fingerprint, !record.rollouts.isEmpty else { return nil }
    guard let before = linesByFingerprint[fingerprint.hash] else {
      linesByFingerprint[fingerprint.hash] = record.line
      return nil
    }
    let isCopy = areWholeSamples || fingerprint.hasDifferentRollouts
    let found = repetition(of: record, before, isCopy: isCopy)
    return isCopy ? .refusal(found) : .possible(found)
  }

  private func refusal(of record: TraceRecord, _ identity: RecordIdentity, _ before: Int) -> UnacceptableData {
    UnacceptableData(
      file: file, line: record.line, field: identity.field,
      found: "\(JSONCursor.shortened(identity.value)) again, which line \(before) has already",
      expected: "each once, since the same rollout would count twice",
      remedy: "remove one of the two lines; --skip-invalid takes the first")
  }

  private func repetition(of record: TraceRecord, _ before: Int, isCopy: Bool) -> UnacceptableData {
    let count = record.rollouts.count
    let what = count == 1 ? "the rollout" : "the \(count) rollouts"
    return UnacceptableData(
      file: file, line: record.line, field: "problem \(record.problem.key)",
      found: "\(what) of line \(before) again, alike in every text and number",
      expected: "each rollout once, since it would count twice",
      remedy: isCopy
        ? "remove one of the two; --skip-invalid takes the first. Rollouts that were drawn alike belong into one record"
        : "right where it was drawn twice; else remove one of the two")
  }
}

extension RepeatedRecords {
  /// Checks the numbers that a record gives its rollouts.
  ///
  /// - Throws: `UnacceptableData` for a number that comes again.
  static func checkNumbers(_ numbers: [Int?], list: String, key: String) throws {
    var places: [Int: Int] = [:]
    for (place, number) in numbers.enumerated() {
      guard let number else { continue }
      if let before = places[number] {
        throw UnacceptableData(
          field: "\(list)[\(place)].\(key)", found: "\(number) again, which \(list)[\(before)] has already",
          expected: "each number once, since the same rollout would count twice",
          remedy: "remove one of the two, or number them anew; --skip-invalid leaves the record out")
      }
      places[number] = place
    }
  }
}

/// What a file itself numbers a record with.
struct RecordIdentity: Hashable, Sendable {
  /// The field that holds it.
  var field: String
  /// Its value.
  var value: String
}

/// What the rollouts of a record say, as far as it tells the record from others.
public struct RecordFingerprint: Sendable {
  /// A hash of all texts and numbers: equal rollouts in equal order, equal hashes.
  public var hash: UInt64
  /// Whether any two of the rollouts have different texts.
  public var hasDifferentRollouts: Bool

  /// Creates a fingerprint.
  public init(hash: UInt64, hasDifferentRollouts: Bool) {
    self.hash = hash
    self.hasDifferentRollouts = hasDifferentRollouts
  }
}
