import Foundation

/// How a source is read beside what stands in its file: a stopped ingest goes on with the same options only, since the
/// rest of the file would be read in another way than its beginning.
public struct SourceOptions: Codable, Hashable, Sendable {
  /// The recording's name that the user gave in place of the file's (`--recording`).
  public var recording: String?
  /// The scorer's name that the user gave in place of the file's (`--scorer`).
  public var scorer: String?
  /// The scale of all scorers that `scales` does not name (`--scale`).
  public var scale: String?
  /// The scales of scorers by name (`--scale NAME=SCALE`).
  public var scales: [String: String] = [:]
  /// What tells the table of statements and gold answers from others (`--problems`).
  public var problems: String?
  /// The SHA-256 of the PRM cassettes that belong to the file.
  public var prefixScores: String?
  /// How the rollouts were selected (`--sampling`).
  public var sampling: String?
  /// Whether records that are not acceptable are left out (`--skip-invalid`).
  public var skipInvalid = false
  /// The recording's name where neither the user nor the file gives one; the first ingest's holds on.
  public var fallbackRecording: String?

  /// Creates options of which the user gave none.
  public init() {}

  /// What the user can give, by the name of the option, in words; empty where it was not given.
  private var given: [(option: String, value: String)] {
    let named = scales.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let all = (scale.map { [$0] } ?? []) + named
    return [
      ("--recording", recording ?? ""), ("--scorer", scorer ?? ""), ("--scale", all.joined(separator: " ")),
      ("--problems", problems.map { "a table with the fingerprint \($0)" } ?? ""),
      ("PRM cassettes", prefixScores.map { "with the SHA-256 \($0.prefix(12))..." } ?? ""),
      ("--sampling", sampling ?? ""),
      ("--skip-invalid", skipInvalid ? "given" : ""),
    ]
  }

  /// The first option that another ingest of the same source gave otherwise, with both values in words.
  func difference(from first: SourceOptions) -> (option: String, now: String, first: String)? {
    for (now, before) in zip(given, first.given) where now.value != before.value {
      return (now.option, Self.described(now), Self.described(before))
    }
    return nil
  }

  private static func described(_ given: (option: String, value: String)) -> String {
    if given.value.isEmpty { return "no \(given.option)" }
    return given.value == "given" ? given.option : "\(given.option) \(given.value)"
  }

  /// The options as the store keeps them: JSON with sorted keys.
  var text: String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Reads what the store keeps; `nil` for a source that a version of retrace began which did not keep it.
  static func kept(_ text: String?) -> SourceOptions? {
    text.flatMap { try? JSONDecoder().decode(SourceOptions.self, from: Data($0.utf8)) }
  }
}
