import Foundation

/// The labelled cases that live outside the repository; absent on most machines.
enum SharedCases {
  struct Row: Decodable {
    let answer: String?
    let gold: String?
    let pred: String?
    let expected: Bool?
    let mode: String?
    let name: String?
    let goldParts: [Part]?
    let predParts: [Part]?
  }

  /// A piece of text and how often it is repeated.
  struct Part: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      let piece = try container.decode(String.self)
      text = String(repeating: piece, count: try container.decode(Int.self))
    }
  }

  static let folder: URL? = {
    let environment = ProcessInfo.processInfo.environment["RETRACE_SHARED"].map { URL(fileURLWithPath: $0) }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = environment ?? package.deletingLastPathComponent().appendingPathComponent("shared")
    return FileManager.default.fileExists(atPath: folder.appendingPathComponent("cases").path) ? folder : nil
  }()

  static var areAbsent: Bool { folder == nil }

  static func rows(_ file: String) throws -> [Row] {
    guard let folder else { return [] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let text = try String(contentsOf: folder.appendingPathComponent("cases/\(file)"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { try? decoder.decode(Row.self, from: Data($0.utf8)) }
  }
}

extension SharedCases.Row {
  var goldText: String { gold ?? (goldParts ?? []).map(\.text).joined() }
  var answerText: String { pred ?? (predParts ?? []).map(\.text).joined() }
}
