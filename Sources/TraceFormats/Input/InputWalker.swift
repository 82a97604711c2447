import Foundation
import Traces

/// Turns what the user names (files, folders, `-`) into a list of files.
public enum InputWalker {
  /// The endings of files that may hold recorded data; others in a folder are passed over.
  static let endings = [".jsonl", ".json", ".ndjson", ".pkl", ".pickle", ".yaml", ".yml", ".parquet"]

  /// The files behind the given paths: files as they are named, folders searched through in the order of their names.
  ///
  /// A folder is visited once, however many symbolic links lead to it, so loops end. Hidden files and pipes are passed over.
  ///
  /// - Throws: `UnacceptableData` for a path that does not exist, a folder without data or without permission.
  public static func files(behind paths: [String]) throws -> [InputFile] { try search(paths).files }

  /// What is behind paths.
  public struct Finding: Sendable {
    /// The files to read.
    public var files: [InputFile] = []
    /// Files in folders that are passed over: their names have none of the endings of recorded data, or they are copies
    /// that a tool writes of its own files, or links that lead nowhere.
    public var leftOut: [String] = []
    /// Those of the files in folders whose names are what programs call other documents that they write beside their
    /// records.
    public var companions: [InputFile] = []
  }

  /// The files behind the given paths, and those that are passed over.
  ///
  /// - Throws: As `files(behind:)`.
  public static func search(_ paths: [String]) throws -> Finding {
    var finding = Finding()
    for path in paths {
      guard path != "-" else {
        finding.files.append(InputFile(path))
        continue
      }
      try add(path, to: &finding)
    }
    return finding
  }

  private static func add(_ path: String, to finding: inout Finding) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      // A dangling or looping link does not exist for FileManager: opening it says what is wrong.
      _ = try FileSource(path: path, name: path)
      return finding.files.append(InputFile(path))
    }
    guard isFolder.boolValue else { return finding.files.append(InputFile(path)) }
    var visited: Set<String> = []
    let before = finding.files.count
    try search(path, &visited, &finding)
    guard finding.files.count > before else {
      throw UnacceptableData(
        file: path, found: "a folder without data",
        expected: "files that end in \(endings.joined(separator: ", ")), compressed or not",
        remedy: "name files with other endings one by one")
    }
    let (files, copies) = IntermediateParticles.separated(Array(finding.files[before...]))
    finding.files.replaceSubrange(before..., with: files)
    finding.leftOut += copies
  }

  private static func search(_ folder: String, _ visited: inout Set<String>, _ finding: inout Finding) throws {
    let place = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    guard visited.insert(place).inserted else { return }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted(by: isBefore)
    } catch {
      throw UnacceptableData(
        file: folder, found: "a folder that cannot be listed", expected: "permission to read it", remedy: "chmod u+rx")
    }
    for name in names where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        finding.leftOut.append(path)
        continue
      }
      if isFolder.boolValue {
        try search(path, &visited, &finding)
      } else if InputFile(path).isReadableAgain {
        finding.add(InputFile(path), isData: isData(name), isCompanion: isCompanion(name))
      }
    }
  }

  /// Whether a file has a name that OpenR and compute-optimal-tts (`config.json`, `avg_result.json`), Qwen2.5-Math's
  /// evaluation (`test_..._metrics.json`) or lm-evaluation-harness (`results_<date>.json`) give to no records.
  private static func isCompanion(_ name: String) -> Bool {
    ["config.json", "avg_result.json", "results.json"].contains(name)
      || name.hasSuffix("_metrics.json") || name.hasPrefix("results_") && name.hasSuffix(".json")
  }

  private static func isData(_ name: String) -> Bool {
    let plain = InputFile.withoutCompression(name.lowercased())
    return endings.contains { plain.hasSuffix($0) }
  }

  /// By name, runs of digits by their value: `record_2` comes before `record_10`.
  static func isBefore(_ left: String, _ right: String) -> Bool {
    var (left, right) = (Substring(left), Substring(right))
    while let first = left.first, let second = right.first {
      if first.isASCII, second.isASCII, first.isNumber, second.isNumber {
        let (one, other) = (takeNumber(&left), takeNumber(&right))
        if one.count != other.count { return one.count < other.count }
        if one != other { return one < other }
      } else {
        if first != second { return first < second }
        left.removeFirst()
        right.removeFirst()
      }
    }
    return left.isEmpty && !right.isEmpty
  }

  private static func takeNumber(_ text: inout Substring) -> Substring {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    text.removeFirst(digits.count)
    let significant = digits.drop { $0 == "0" }
    return significant.isEmpty ? digits.suffix(1) : significant
  }
}

extension InputWalker.Finding {
  fileprivate mutating func add(_ file: InputFile, isData: Bool, isCompanion: Bool) {
    guard isData else { return leftOut.append(file.name) }
    files.append(file)
    if isCompanion { companions.append(file) }
  }
}
