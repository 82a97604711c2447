import Foundation
import Studies
import Testing
import Traces

@Suite("Export and ingest again")
struct ExportRoundTripTests {
  /// A fixture of every format, with what the user must say about it.
  struct Case: CustomTestStringConvertible {
    var inputs: [String]
    var problems: String?
    var skipInvalid = false

    var testDescription: String { inputs.joined(separator: ", ") }
  }

  static let cases: [Case] = [
    Case(inputs: ["retrace/tree.jsonl"]),
    Case(inputs: ["search-and-learn/rlhflow.jsonl"]),
    Case(inputs: ["search-and-learn/skywork.jsonl"]),
    Case(inputs: ["search-and-learn/math-shepherd.jsonl"]),
    Case(inputs: ["pis/protocol4", "pis/protocol2"], problems: "pis/problems.jsonl"),
    Case(inputs: ["its-hub/particle-filtering.jsonl"], problems: "pis/problems.jsonl"),
    Case(inputs: ["crucible/best-of-n.json"]),
    Case(inputs: ["crucible/generation.json"]),
    Case(inputs: ["qwen-eval/math.jsonl"]),
    Case(inputs: ["openr"]),
    Case(inputs: ["omegaprm-tree/trees.jsonl"]),
    Case(inputs: ["prm800k/phase2.jsonl"]),
    Case(inputs: ["lm-eval"]),
    Case(inputs: ["monkeys/12.yaml"]),
    Case(inputs: ["pis/numpy2", "pis/protocol3", "pis/intermediate"], problems: "pis/problems.jsonl"),
    Case(inputs: ["pis/numpy4", "pis/numpy5", "pis/protocol5"], problems: "pis/problems.jsonl"),
    Case(inputs: ["pis/greedy.jsonl"], problems: "pis/problems.jsonl"),
    Case(inputs: ["its-hub/particle-gibbs.jsonl"], problems: "pis/problems.jsonl"),
    Case(inputs: ["crucible/generation.json", "crucible/prm.json"]),
    Case(inputs: ["retrace/tree.jsonl", "openai-batch/output.jsonl"], skipInvalid: true),
    Case(inputs: ["retrace/tree.jsonl", "online/pf.jsonl"]),
    Case(inputs: ["compressed/two-members.jsonl.gz", "compressed/two-frames.jsonl.zst"]),
    Case(inputs: everything, problems: "pis/problems.jsonl"),
  ]

  /// Several recordings, scorers and sources in one store.
  private static let everything = [
    "retrace", "search-and-learn/rlhflow.jsonl", "pis/protocol4", "pis/greedy.jsonl", "crucible/generation.json",
    "crucible/prm.json", "qwen-eval", "openr", "omegaprm-tree", "prm800k", "monkeys", "online",
  ]

  @Test("a format without gold answers, with those of a file of problems")
  func mathShepherd() throws {
    let folder = try WorkFolder()
    let problems = try folder.write(
      "problems.jsonl",
      """
      {"id": "tom", "problem": "Tom has 3 apples - or so - and buys 4 + 0. How many?", "answer": "7"}

      """)
    let summary = try folder.ingest([Fixtures.path("math-shepherd/steps.jsonl")], into: "first") {
      $0.problems = problems
      $0.skipInvalid = true
    }
    #expect(summary.scores > 0)
    let text = try folder.export("first")
    try folder.ingest([folder.write("export.jsonl", text)], into: "second")
    #expect(try StoreContent(path: folder["second"]).differences(from: StoreContent(path: folder["first"])) == [])
    #expect(try folder.export("second") == text)
  }

  @Test("every format gives a store that its export gives again, table by table, byte by byte", arguments: cases)
  func everyFormat(_ example: Case) throws {
    let folder = try WorkFolder()
    try folder.ingest(example.inputs.map(Fixtures.path), into: "first") { request in
      request.problems = example.problems.map(Fixtures.path)
      request.skipInvalid = example.skipInvalid
    }
    let text = try folder.export("first")
    #expect(!text.isEmpty)
    try folder.ingest([folder.write("export.jsonl", text)], into: "second")
    let first = try StoreContent(path: folder["first"])
    let second = try StoreContent(path: folder["second"])
    #expect(second.differences(from: first) == [])
    #expect(try folder.export("second") == text)
  }

  @Test("continuations of a recording in another file come back where they left it")
  func continuations() throws {
    let folder = try WorkFolder()
    let rollouts = try folder.write(
      "rollouts.jsonl",
      #"""
      {"problem": {"id": "p", "answer": "4"}, "recording": {"name": "r", "delimiter": "\n"}, "rollouts": [{"steps": [{"text": "a"}, {"text": "b"}, {"text": "\\boxed{4}"}], "finish": "stop"}, {"steps": [{"text": "c"}], "finish": null}]}

      """#)
    let replies = [("retrace|r|0|1|0|p", "x\\n\\\\boxed{4}"), ("retrace|r|0|2|0|p", "y"), ("retrace|r|1|1|1|p", "z")]
    let batch = replies.map { name, text in
      #"{"custom_id": "\#(name)", "response": {"status_code": 200, "body": {"model": "m", "choices": [{"index": 0, "#
        + #""text": "\#(text)", "finish_reason": "stop"}]}}, "error": null}"# + "\n"
    }
    try folder.ingest([rollouts], into: "first")
    let added = try folder.ingest([folder.write("batch.jsonl", batch.joined())], into: "first")
    #expect(added.rollouts == 3)
    let text = try folder.export("first")
    #expect(text.split(separator: "\"parent\"").count == 4)
    try folder.ingest([folder.write("export.jsonl", text)], into: "second")
    #expect(try StoreContent(path: folder["second"]).differences(from: StoreContent(path: folder["first"])) == [])
    #expect(try folder.export("second") == text)
  }

  @Test("the order of ingest changes no byte of the export")
  func order() throws {
    let folder = try WorkFolder()
    let files = ["retrace/tree.jsonl", "search-and-learn/rlhflow.jsonl", "crucible/best-of-n.json"].map(Fixtures.path)
    for (name, inputs) in [("forward", files), ("backward", Array(files.reversed()))] {
      for input in inputs { try folder.ingest([input], into: name) { $0.recording = nil } }
    }
    #expect(try folder.export("forward") == folder.export("backward"))
    #expect(
      try StoreContent(path: folder["forward"]).differences(from: StoreContent(path: folder["backward"])) == [])
  }

  /// Texts and numbers at the edges of what JSON and Float64 can say.
  @Test func hostileTextsAndNumbers() throws {
    let folder = try WorkFolder()
    let texts = ["\u{0}\u{1}\u{1f}\"\\/", "\u{2028}\u{2029}\u{7f}", "🙂 e\u{301} \u{fffd}", "", "\n\n", "\r\n\t"]
    let numbers = ["5e-324", "1.7976931348623157e308", "-0.0", "0.30000000000000004", "-123456789012345680", "1e-7"]
    let steps = zip(texts, numbers).map { text, number in
      "{\"text\": \(quoted(text)), \"scores\": {\(quoted(text)): \(number)}, \"logprob\": \(number)}"
    }
    let rollouts = steps.map { "{\"steps\": [\($0)], \"finish\": \"length\"}" }
    let scales = texts.map { "\(quoted($0)): {\"scale\": \"unbounded\"}" }.joined(separator: ", ")
    let line =
      "{\"problem\": {\"id\": \"p\", \"answer\": \"1\"}, \"recording\": {\"delimiter\": \"|\", \"scorers\": {\(scales)}}, "
      + "\"rollouts\": [\(rollouts.joined(separator: ", "))]}\n"
    try folder.ingest([folder.write("hostile.jsonl", line)], into: "first")
    let text = try folder.export("first")
    for number in ["5e-324", "1.7976931348623157e+308", "-0.0", "0.30000000000000004", "1e-07"] {
      #expect(text.contains(":\(number)"), "\(number)")
    }
    try folder.ingest([folder.write("export.jsonl", text)], into: "second")
    #expect(try StoreContent(path: folder["second"]).differences(from: StoreContent(path: folder["first"])) == [])
    #expect(try folder.export("second") == text)
  }

  private func quoted(_ text: String) -> String {
    let encoded = try? JSONEncoder().encode(text)
    return encoded.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  @Test func selectionHoldsNothingElse() throws {
    let folder = try WorkFolder()
    try folder.ingest([Fixtures.path("retrace/tree.jsonl")], into: "store")
    var text = ""
    _ = try StoreExport(store: folder["store"], scorers: ["orm"]).run { text += String(decoding: $0, as: UTF8.self) }
    #expect(text.contains("\"orm\""))
    #expect(!text.contains("\"prm\""))
  }

  @Test func fileIsWholeOrNotThere() throws {
    let folder = try WorkFolder()
    try folder.ingest([Fixtures.path("retrace/tree.jsonl")], into: "store")
    let export = StoreExport(store: folder["store"])
    let summary = try export.run(toFile: folder["out.jsonl"])
    let written = try folder.read("out.jsonl")
    #expect(written == (try folder.export("store")))
    #expect(summary.bytes == written.utf8.count)
    #expect(throws: OutputFailure.self) { try export.run(toFile: folder["store"]) }
    #expect(throws: OutputFailure.self) { try export.run(toFile: folder["none/out.jsonl"]) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.contains("partial") })
  }

  @Test func aStoreWithoutRolloutsIsRefused() throws {
    let folder = try WorkFolder()
    let unreadable = #"{"problem": {"id": "p", "answer": "1"}, "rollouts": [{"steps": 5}]}"# + "\n"
    try folder.ingest([folder.write("in.jsonl", unreadable)], into: "store") { $0.skipInvalid = true }
    let refusal = #expect(throws: UnacceptableData.self) {
      try StoreExport(store: folder["store"]).run(toFile: folder["out.jsonl"])
    }
    #expect(refusal?.found == "no rollouts")
    #expect(!FileManager.default.fileExists(atPath: folder["out.jsonl"]))
  }
}
