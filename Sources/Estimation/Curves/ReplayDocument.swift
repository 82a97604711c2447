/// What `replay --json` prints: the settings that decided the numbers, and one row a curve point.
public struct ReplayDocument: Hashable, Sendable {
  /// The settings, in the order they are printed.
  public var settings: ReplaySettings
  /// The points.
  public var rows: [CurvePoint]

  /// Creates a document.
  public init(settings: ReplaySettings, rows: [CurvePoint]) {
    self.settings = settings
    self.rows = rows
  }

  /// The document with its keys in a fixed order.
  public var json: JSONValue {
    .object([.init("settings", settings.json), .init("rows", .array(rows.map(\.json)))])
  }

  /// The document as text, a row a line, with a line break at its end.
  public var text: String { json.text(unfolded: 2) + "\n" }
}

extension ReplayDocument: Codable {
  private enum Key: String, CodingKey { case settings, rows }

  /// Reads a document.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      settings: try container.decode(ReplaySettings.self, forKey: .settings),
      rows: try container.decode([CurvePoint].self, forKey: .rows))
  }

  /// Writes the document; use ``text`` where the order of keys matters.
  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}

/// The settings that decided a document's numbers.
public struct ReplaySettings: Hashable, Sendable {
  /// The seed of all random streams; documents write its bits as a signed number, so 2^63 and above read negative.
  public var seed: UInt64
  /// Runs of a stochastic method a problem and a budget.
  public var replicates: Int
  /// The version of the program.
  public var version: String
  /// SHA-256 of the content replayed.
  public var store: String
  /// Further settings, in the order they are printed.
  public var others: [JSONValue.Member]

  /// Creates settings.
  public init(seed: UInt64, replicates: Int, version: String, store: String, others: [JSONValue.Member] = []) {
    self.seed = seed
    self.replicates = replicates
    self.version = version
    self.store = store
    self.others = others
  }

  /// The settings with their keys in a fixed order.
  public var json: JSONValue {
    .object(
      [
        .init("seed", .integer(Int(truncatingIfNeeded: seed))), .init("replicates", .integer(replicates)),
        .init("version", .string(version)), .init("store", .string(store)),
      ] + others)
  }
}

extension ReplaySettings: Codable {
  private enum Key: String, CodingKey, CaseIterable { case seed, replicates, version, store }

  /// Reads settings; the further ones come in ascending order of their keys.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let fixed = Set(Key.allCases.map(\.rawValue))
    guard case .object(let members) = try JSONValue(from: decoder) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "settings are an object"))
    }
    self.init(
      seed: UInt64(bitPattern: try container.decode(Int64.self, forKey: .seed)),
      replicates: try container.decode(Int.self, forKey: .replicates),
      version: try container.decode(String.self, forKey: .version),
      store: try container.decode(String.self, forKey: .store),
      others: members.filter { !fixed.contains($0.key) })
  }

  /// Writes the settings; use ``json`` where the order of keys matters.
  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
