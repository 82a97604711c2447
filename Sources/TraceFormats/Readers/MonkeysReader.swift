import Traces
import Yams

/// Large Language Monkeys: one YAML file a problem, with thousands of samples and their verdicts.
///
/// The problem is named by the table of problems where its statement is known, else after the file.
struct MonkeysReader: DocumentReader {
  static let name = "monkeys"
  static let summary = "Large Language Monkeys' YAML files, one a problem"
  static let recordsAreWholeSamples = true
  static let signatures = [Signature("question", "gt_answer", "samples[]")]
  static let otherKeys = ["prompt", "is_corrects[]"]
  static let notation = DocumentNotation.yaml
  static let isNamedByFolder = true

  private let context: ReadingContext

  init(context: ReadingContext) { self.context = context }

  static func problemName(inNameOf file: InputFile) -> String? { file.stem }

  func read(
    _ document: UnsafeRawBufferPointer, record: (TraceRecord) throws -> Void,
    refused: (UnacceptableData) throws -> Void
  ) throws {
    let yaml = try MonkeysDocument(YAMLText(document))
    let question = try yaml.statement()
    let stem = InputFile(context.file).stem
    let name =
      context.name(number: stem, within: context.folder(), statement: question)
      ?? context.name(forStatement: question)
    let problem = Problem(key: name.key, statement: question, answer: try yaml.answer())
    let samples = try yaml.samples()
    let rollouts = zip(samples, try yaml.verdicts(count: samples.count)).map { text, verdict in
      var rollout = RolloutRecord(wholeText: text)
      rollout.sourceVerdict = verdict
      return rollout
    }
    var recording = context.recording(delimiter: "\n\n")
    recording.name = context.folder() ?? Self.name
    try record(
      TraceRecord(
        problem: try context.completed(problem, field: "gt_answer"), provisionalName: name.provisional,
        recording: recording, rollouts: rollouts, line: 1))
  }
}

/// One of Large Language Monkeys' YAML documents as it is written.
private struct MonkeysDocument {
  private let text: YAMLText
  private let root: Node

  init(_ text: YAMLText) throws {
    self.text = text
    do {
      guard let root = try Yams.compose(yaml: text.text), root.mapping != nil else {
        throw UnacceptableData(found: "no mapping", expected: "a YAML mapping with question, gt_answer and samples")
      }
      self.root = root
    } catch let error as YamlError {
      throw Self.refusal(error)
    }
    guard root["prompt"] != nil else { throw UnacceptableData.missing("prompt", expected: "the text sampled from") }
  }

  private static func refusal(_ error: YamlError) -> UnacceptableData {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      UnacceptableData(line: mark.line, found: "broken YAML (\(problem))", expected: "YAML, one document a file")
    case .duplicatedKeysInMapping(let duplicates, let context):
      UnacceptableData(
        line: context.mark.line, field: duplicates.first, found: "the key a second time",
        expected: "each key once in a mapping")
    default: UnacceptableData(found: "broken YAML", expected: "YAML")
    }
  }

  func statement() throws -> String {
    guard let node = root["question"] else {
      throw UnacceptableData.missing("question", expected: "the problem's statement")
    }
    return try scalar(node, "question")
  }

  /// The gold answer, of which the program writes the whole solution; nothing where it is null.
  func answer() throws -> String? {
    guard let node = root["gt_answer"], node.null == nil else { return nil }
    return StatedAnswer.gold(in: try scalar(node, "gt_answer"))
  }

  func samples() throws -> [String] {
    let list = try list("samples", expected: "a list of texts")
    guard !list.isEmpty else {
      throw UnacceptableData(field: "samples", found: "an empty list", expected: "at least one text")
    }
    return try list.enumerated().map { index, item in try scalar(item, "samples[\(index)]") }
  }

  func verdicts(count: Int) throws -> [Bool] {
    let list = try list("is_corrects", expected: "a list of true and false")
    guard list.count == count else {
      throw UnacceptableData(
        field: "is_corrects", found: "\(list.count) verdicts", expected: "one a sample: \(count)")
    }
    return try list.enumerated().map { index, item in
      guard let verdict = item.bool else {
        throw UnacceptableData(
          line: item.mark?.line, field: "is_corrects[\(index)]", found: item.scalar?.string ?? "no truth value",
          expected: "true or false")
      }
      return verdict
    }
  }

  private func list(_ key: String, expected: String) throws -> Node.Sequence {
    guard let node = root[key] else { throw UnacceptableData.missing(key, expected: expected) }
    guard let list = node.sequence else {
      throw UnacceptableData(line: node.mark?.line, field: key, found: "no list", expected: expected)
    }
    return list
  }

  /// A text, or a number as it is written; null is neither.
  private func scalar(_ node: Node, _ field: String) throws -> String {
    guard let scalar = node.scalar, node.null == nil else {
      throw UnacceptableData(
        line: node.mark?.line, field: field, found: node.null == nil ? "no text" : "null", expected: "a text")
    }
    return text.restored(scalar.string)
  }
}
