import Foundation
import Testing
import TraceStore

@testable import Studies

/// An export says which names are nobody's own, so that files that come later join what they join in the store itself.
@Suite("Provisional names in exported files")
struct ExportedNameTests {
  private let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  private func copy(_ store: String) throws -> String {
    let text = try folder.export(store)
    try folder.ingest([folder.write("\(store).jsonl", text)], into: store + " copy")
    #expect(try folder.export(store + " copy") == text)
    return store + " copy"
  }

  private func keys(_ store: String) throws -> [String] {
    try TraceStore(path: folder[store], mode: .readOnly).problems().map(\.problem.key)
  }

  private static let qwen =
    #"{"idx":0,"question":"What is q0?","gt":"3","code":["\\boxed{3}"],"pred":["3"],"score":[true]}"# + "\n"
  private static let named =
    #"{"problem":{"id":"algebra/1","statement":"What is q0?","answer":"3"},"recording":{"name":"N"},"rollouts":[{"steps":[{"text":"\\boxed{3}"}],"finish":"stop"}]}"#
    + "\n"

  @Test("a problem that was only numbered takes the name that comes later")
  func problem() throws {
    try folder.ingest([folder.write("pv.jsonl", Self.qwen)], into: "store")
    let copied = try copy("store")
    #expect(try folder.export(copied).contains(#""answer":"3","provisional":true,"qualified":"pv/0"}"#))
    let named = try folder.write("named.jsonl", Self.named)
    for store in ["store", copied] {
      try folder.ingest([named], into: store)
      #expect(try keys(store) == ["algebra/1"])
      #expect(!(try folder.export(store)).contains("provisional"))
    }
    #expect(try folder.export("store") == folder.export(copied))
  }

  @Test("numbers of two files are told apart as in the store itself")
  func numbers() throws {
    try folder.ingest([folder.write("pv.jsonl", Self.qwen)], into: "store")
    let copied = try copy("store")
    let other = try folder.write("other.jsonl", Self.qwen.replacing("q0", with: "else"))
    for store in ["store", copied] {
      try folder.ingest([other], into: store)
      #expect(try keys(store) == ["other/0", "pv/0"])
    }
    #expect(try folder.export("store") == folder.export(copied))
  }

  @Test("a file of problems names it")
  func table() throws {
    try folder.ingest([folder.write("pv.jsonl", Self.qwen)], into: "store")
    let text = try folder.write("export.jsonl", folder.export("store"))
    let table = try folder.write("table.jsonl", #"{"id":"P/one","problem":"What is q0? ","answer":"3"}"# + "\n")
    try folder.ingest([text], into: "second") { $0.problems = table }
    #expect(try keys("second") == ["P/one"])
  }

  @Test("a problem that is only stated, without rollouts, is joined, too")
  func withoutRollouts() throws {
    let stated =
      #"{"question":{"problem":"What is q0?","ground_truth_answer":"3"},"label":{"steps":[],"finish_reason":"give_up"}}"#
    let lines = stated + "\n" + stated.replacing("q0", with: "it")
    let file = try folder.write("prm800k.jsonl", lines + "\n")
    try folder.ingest([file, Fixtures.path("prm800k/phase2.jsonl")], into: "store")
    let copied = try copy("store")
    for store in ["store", copied] {
      try folder.ingest([folder.write("named.jsonl", Self.named)], into: store)
      #expect(try keys(store).contains("algebra/1"))
      #expect(try keys(store).count { $0.hasPrefix("statement-") } == keys("store").count - 1)
    }
    #expect(try keys(copied) == keys("store"))
  }

  @Test("a name stays that a file gives without any rollout")
  func statedName() throws {
    let stated = #"{"problem":{"id":"algebra/1","statement":"What is q0?","answer":"3"},"rollouts":[]}"# + "\n"
    let files = [
      try folder.write("stated.jsonl", stated), try folder.write("pv.jsonl", Self.qwen),
      try folder.write("other.jsonl", Self.qwen.replacing("q0", with: "else")),
    ]
    for (name, order) in [("1", [0, 1, 2]), ("2", [2, 1, 0]), ("3", [1, 0, 2])] {
      for index in order { try folder.ingest([files[index]], into: name) }
      #expect(try keys(name) == ["algebra/1", "other/0"])
      #expect(try folder.export(name) == folder.export("1"))
    }
    #expect(try keys(copy("1")) == ["algebra/1", "other/0"])
  }

  @Test("a scorer that nobody has named takes the name of the only one")
  func scorer() throws {
    let rollout = #""rollouts":[{"steps":[{"text":"\\boxed{14}"}],"finish":"stop"}]}"# + "\n"
    let problem = try folder.write(
      "p.jsonl", #"{"problem":{"id":"sum/1","answer":"14"},"recording":{"name":"Z"},"# + rollout)
    let named = try folder.write(
      "named.jsonl",
      #"{"problem":{"id":"sum/1","answer":"14"},"recording":{"name":"Y"},"#
        + rollout.replacing("}],\"f", with: #","scores":{"named":0.5}}],"f"#))
    try folder.ingest([problem, Fixtures.path("online/pf.jsonl")], into: "store") { $0.skipInvalid = true }
    let copied = try copy("store")
    #expect(try folder.export(copied).contains(#""prm":{"scale":"probability","provisional":true}"#))
    for store in ["store", copied] {
      try folder.ingest([named], into: store)
      #expect(try TraceStore(path: folder[store], mode: .readOnly).scorers().allSatisfy { $0.column.scorer == "named" })
    }
    #expect(try folder.export("store") == folder.export(copied))
  }
}
