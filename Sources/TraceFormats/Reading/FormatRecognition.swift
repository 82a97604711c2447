import Traces

/// Tells a file's format from the keys of its first record.
struct FormatRecognition {
  /// The record's keys; `a.b` for key b of the object a, `a[]` and `a{}` for lists and objects.
  private(set) var keys: Set<String> = []
  /// The top-level keys in their order.
  private(set) var topKeys: [String] = []

  /// Reads the keys of a JSON object and of the objects directly inside it.
  ///
  /// - Throws: `UnacceptableData` where the text is no JSON object.
  init(_ cursor: inout JSONCursor) throws {
    var found: Set<String> = []
    var order: [String] = []
    try cursor.object(keysAreChecked: false) { cursor, key in
      order.append(key.text)
      try Self.collect(key.text, &cursor, &found)
    }
    try cursor.end()
    keys = found
    topKeys = order
  }

  private static func collect(_ name: String, _ cursor: inout JSONCursor, _ found: inout Set<String>) throws {
    found.insert(name)
    switch cursor.kind() {
    case .array:
      found.insert(name + "[]")
      try cursor.skip()
    case .object:
      found.insert(name + "{}")
      try cursor.object(keysAreChecked: false) { cursor, key in
        found.insert(name + "." + key.text)
        try cursor.skip()
      }
    default:
      try cursor.skip()
    }
  }

  /// Knows only top-level keys, as of a YAML document.
  init(topKeys: [String]) {
    self.topKeys = topKeys
    keys = Set(topKeys).union(topKeys.map { $0 + "[]" })
  }

  /// The first format one of whose signatures is complete.
  var format: TraceFormat? {
    TraceFormat.all.first { $0.signatures.contains { missing(from: $0).isEmpty } }
  }

  private func missing(from signature: Signature) -> [String] { signature.keys.filter { !keys.contains($0) } }

  /// What to say when no format fits: the keys found, the nearest format, and what it lacks.
  func refusal() -> UnacceptableData {
    if keys.isSuperset(of: ["problem", "rollout"]), keys.contains("scores[]") || keys.contains("prefixScores[]") {
      return UnacceptableData(
        found: "scores without rollouts", expected: "recorded rollouts",
        remedy: "add scores to stored rollouts with `retrace scores import FILE --into STORE`")
    }
    let shown = topKeys.prefix(20).joined(separator: ", ") + (topKeys.count > 20 ? ", ..." : "")
    guard let nearest = nearest() else {
      return UnacceptableData(
        found: topKeys.isEmpty ? "an empty object" : "the keys \(shown)",
        expected: "a record of one of the formats \(TraceFormat.all.map(\.name).joined(separator: ", "))",
        remedy: "write the `retrace` format, which docs/formats.md explains")
    }
    return UnacceptableData(
      found: "the keys \(shown), which no format fits",
      expected: "the keys of a known format; the nearest is \(nearest.format.name), which also needs "
        + nearest.missing.map(Self.described).joined(separator: ", "),
      remedy: "give the format by name with --format, or write the `retrace` format (docs/formats.md)")
  }

  /// The format of which the smallest share of top-level keys is missing, and what it lacks; among equals the one with
  /// the most keys that are there. `nil` where no format has one of the keys.
  private func nearest() -> (format: TraceFormat, missing: [String])? {
    let candidates = TraceFormat.all.flatMap { format in
      format.signatures.map { signature in
        let missing = missing(from: signature)
        return (
          format: format, missing: missing, present: signature.keys.count - missing.count,
          missingTops: Set(missing.map(Self.top)).count, tops: Set(signature.keys.map(Self.top)).count
        )
      }
    }
    let nearest = candidates.filter { $0.present > 0 }.min { left, right in
      let (one, other) = (left.missingTops * right.tops, right.missingTops * left.tops)
      return one == other ? left.present > right.present : one < other
    }
    return nearest.map { found in
      (found.format, found.missing + found.format.otherKeys.filter { !keys.contains($0) })
    }
  }

  /// The top-level key that an entry of a signature is about.
  private static func top(_ key: String) -> Substring { key.prefix { $0 != "." && $0 != "[" && $0 != "{" } }

  private static func described(_ key: String) -> String {
    if key.hasSuffix("[]") { return "\(key.dropLast(2)) (a list)" }
    if key.hasSuffix("{}") { return "\(key.dropLast(2)) (an object)" }
    return key
  }
}
