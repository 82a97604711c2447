import Traces
import Yams

/// Large Language Monkeys: one YAML file a problem, with thousands of samples and their verdicts.
///
/// The problem is named by the table of problems where its statement is known, else after the file.
struct MonkeysReader: DocumentReader {
  static let name = "monkeys"
  static let summary = "Large Language Monkeys' YAML files, one a problem"
  static let signatures = [Signature("question", "gt_answer", "samples[]")]
  static let notation = DocumentNotation.yaml
  static let isNamedByFolder = true

  private let context: ReadingContext

  init(context: ReadingContext) { self.context = context }

  static func problemName(inNameOf file: InputFile) -> String? { file.stem }

  func read(
    _ document: UnsafeRawBufferPointer, record: (TraceRecord) throws -> Void,
    refused: (UnacceptableData) throws -> Void
  ) throws {
    let root = try node(document)
    guard let question = root["question"]?.string else {
      throw UnacceptableData.missing("question", expected: "the problem's statement")
    }
    let samples = try texts(root)
    let verdicts = try verdicts(root, count: samples.count)
    let stem = InputFile(context.file).stem
    let name =
      context.name(number: stem, within: context.folder(), statement: question)
      ?? context.name(forStatement: question)
    let problem = Problem(key: name.key, statement: question, answer: root["gt_answer"]?.string)
    let rollouts = samples.enumerated().map { index, text in
      var rollout = RolloutRecord(wholeText: text)
      rollout.sourceVerdict = verdicts.isEmpty ? nil : verdicts[index]
      return rollout
    }
    var recording = context.recording(delimiter: "\n\n")
    recording.name = context.folder() ?? Self.name
    try record(
      TraceRecord(
        problem: try context.completed(problem, field: "gt_answer"), provisionalName: name.provisional,
        recording: recording, rollouts: rollouts, line: 1))
  }

  private func node(_ document: UnsafeRawBufferPointer) throws -> Node {
    guard let text = String(validating: document, as: UTF8.self) else {
      throw UnacceptableData(found: "bytes that are not valid UTF-8", expected: "UTF-8 text")
    }
    do {
      guard let root = try Yams.compose(yaml: text), root.mapping != nil else {
        throw UnacceptableData(found: "no mapping", expected: "a YAML mapping with question, gt_answer and samples")
      }
      return root
    } catch let error as YamlError {
      throw Self.refusal(error)
    }
  }

  private static func refusal(_ error: YamlError) -> UnacceptableData {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      UnacceptableData(line: mark.line, found: "broken YAML (\(problem))", expected: "YAML")
    default: UnacceptableData(found: "broken YAML", expected: "YAML")
    }
  }

  private func texts(_ root: Node) throws -> [String] {
    guard let list = root["samples"]?.sequence else {
      throw UnacceptableData.missing("samples", expected: "a list of texts")
    }
    guard !list.isEmpty else {
      throw UnacceptableData(field: "samples", found: "an empty list", expected: "at least one text")
    }
    return try list.enumerated().map { index, item in
      guard let text = item.scalar?.string else {
        throw UnacceptableData(
          line: item.mark?.line, field: "samples[\(index)]", found: "no text", expected: "a text")
      }
      return text
    }
  }

  private func verdicts(_ root: Node, count: Int) throws -> [Bool] {
    guard let list = root["is_corrects"]?.sequence else { return [] }
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
}
