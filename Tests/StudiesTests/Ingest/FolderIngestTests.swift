import Foundation
import Testing
import TraceStore
import Traces

@testable import Studies

@Suite("Folders") struct FolderIngestTests {
  private let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
    for name in ["math", "math/gsm8k", "math/other"] {
      try FileManager.default.createDirectory(atPath: folder[name], withIntermediateDirectories: true)
    }
  }

  private func completion(_ text: String) -> String {
    #"{"problem":"Q?","answer":"1","unique_id":"q","completions":["\#(text)"],"scores":[[0.5]]}"#
  }

  private func cassette(model: String) -> String {
    #"{"meta":{"model":"\#(model)","prm":"p"},"records":[{"problem_id":"q","gold":"1","traces":[{"text":"\#(model) 1","prm_score":0.5}]}]}"#
  }

  @Test("files that agree are one recording with the folder's name")
  func alike() throws {
    _ = try folder.write("math/a.jsonl", completion("a 1"))
    _ = try folder.write("math/b.jsonl", completion("b 1"))
    let summary = try folder.ingest([folder["math"]], into: "s")
    #expect(summary.files.map(\.recording) == ["math", "math"])
    #expect(summary.formats == "2 files: search-and-learn")
    #expect(summary.notices.isEmpty)
  }

  @Test("files that differ in model or format are recordings of their own, and all of it is said")
  func mixed() throws {
    _ = try folder.write("math/a.json", cassette(model: "one"))
    _ = try folder.write("math/b.json", cassette(model: "two"))
    _ = try folder.write("math/c.jsonl", completion("a 1"))
    _ = try folder.write("math/d.jsonl", completion("b 1"))
    _ = try folder.write("math/notes.txt", "notes")
    _ = try folder.write("math/other/c.csv", "a,b")
    let summary = try folder.ingest([folder["math"] + "/"], into: "s")
    #expect(
      summary.files.map(\.recording) == [
        "math/a", "math/b", "math/search-and-learn", "math/search-and-learn",
      ])
    #expect(summary.formats == "2 files: crucible; 2 files: search-and-learn")
    #expect(summary.leftOut == 2)
    #expect(summary.firstLeftOut == [folder["math"] + "/notes.txt", folder["math"] + "/other/c.csv"])
    #expect(summary.notices.count == 2)
    let store = try TraceStore(path: folder["s"], mode: .readOnly)
    #expect(
      try store.recordings().map(\.recording.model) == ["one", "two", nil])
    let again = try folder.ingest([folder["math"]], into: "s") { $0.format = "auto" }
    #expect(again.files.map(\.alreadyIngested) == [true, true, true, true])
  }

  @Test("a file that is there already is listed with the format that it was read in")
  func recordedFormat() throws {
    let file = try folder.write("a.jsonl", completion("a 1"))
    try folder.ingest([file], into: "s")
    let again = try folder.ingest([file], into: "s") { $0.format = "qwen-eval" }
    #expect(again.files.map(\.format) == ["search-and-learn"])
  }

  @Test("online runs that sort before the rollouts they belong to are taken after them")
  func order() throws {
    let run =
      #"{"problem":"q","method":"pf","aggregate":"model","budget":1,"replicate":0,"answer":"1","right":true,"nodes":[{"parent":-1,"text":"z \\boxed{1}","tokens":5,"logprob":-0.25,"score":0.75,"prefixScore":0.5}],"final":[0]}"#
    _ = try folder.write("math/online.jsonl", run)
    _ = try folder.write("math/rollouts.jsonl", completion("a 1"))
    let dry = try folder.ingest([folder["math"]], into: "s") { $0.dryRun = true }
    let summary = try folder.ingest([folder["math"]], into: "s")
    #expect(summary.files.map(\.format) == ["search-and-learn", "online"])
    #expect(summary.files.map(\.recording) == ["math/rollouts", "math/online"])
    #expect(dry.rollouts == summary.rollouts)
  }

  @Test("files of one name in two folders, and equal files of two names, are different problems")
  func names() throws {
    func yaml(_ question: String) -> String {
      "prompt: Q\nquestion: \(question)\ngt_answer: '7'\nsamples:\n- a 7\nis_corrects:\n- false\n"
    }
    _ = try folder.write("math/gsm8k/0.yaml", yaml("one"))
    _ = try folder.write("math/other/0.yaml", yaml("two"))
    _ = try folder.write("math/other/1.yaml", yaml("two"))
    let summary = try folder.ingest([folder["math"]], into: "s")
    #expect(summary.files.map(\.alreadyIngested) == [false, false, false])
    let store = try TraceStore(path: folder["s"], mode: .readOnly)
    #expect(try store.problems().map(\.problem.key) == ["1", "gsm8k/0"])
    #expect(try store.segments(of: store.problem(key: "1")).count == 2)
    let again = try folder.ingest([folder["math"]], into: "s")
    #expect(again.files.map(\.alreadyIngested) == [true, true, true])
  }

  private func record(_ text: String) -> String {
    #"{"question":"Q?","groundtruth":"7","result":{},"output":[{"path_idx":0,"text":"\#(text)","value":[0.5],"completion_tokens":9}]}"#
  }

  /// Bug: the second record was taken for a copy of the first.
  @Test("equal records of one question are draws, and the same folder again changes nothing")
  func equalRecords() throws {
    for name in ["run", "run/question_0", "run/question_1"] {
      try FileManager.default.createDirectory(atPath: folder[name], withIntermediateDirectories: true)
    }
    let names = ["run/question_0/record_0.jsonl", "run/question_0/record_1.jsonl", "run/question_1/record_0.jsonl"]
    for name in names { _ = try folder.write(name, record("So 7")) }
    let summary = try folder.ingest([folder["run"]], into: "s")
    #expect(summary.files.map(\.alreadyIngested) == [false, false, false])
    #expect(summary.rollouts == 3)
    let copy = try folder.write("other.jsonl", record("So 7"))
    #expect(try folder.ingest([folder["run"]], into: "s").rollouts == 0)
    #expect(try folder.ingest([folder[names[1]], copy], into: "s").files.map(\.alreadyIngested) == [true, false])
  }

  /// Bug: the ingest of a run's folder ended at `config.json`.
  @Test("documents that programs write beside their records are left out and listed")
  func companions() throws {
    let documents = ["avg_result.json", "config.json", "other/results_2025-01-01T00-00-00.json", "x_math_metrics.json"]
    _ = try folder.write("math/a.jsonl", completion("a 1"))
    for name in documents { _ = try folder.write("math/" + name, #"{"results": {"LM": 1}}"#) }
    let summary = try folder.ingest([folder["math"]], into: "s")
    #expect(summary.files.map(\.file) == [folder["math/a.jsonl"]])
    #expect(summary.leftOut == 4)
    let left = documents.map { folder["math/" + $0] }
    #expect(summary.firstLeftOut == left)
    #expect(
      summary.notices == [
        "4 files left out, which fit no format and are by their names what programs write beside their records: "
          + left.joined(separator: ", ")
      ])
  }

  @Test("only known documents are left out: not data with a slip, not what is named, not all there is")
  func refusedDocuments() throws {
    _ = try folder.write("math/a.jsonl", completion("a 1"))
    _ = try folder.write("math/config.json", #"{"results": 1}"#)
    _ = try folder.write("math/results.json", completion("b 1"))
    #expect(try folder.ingest([folder["math"]], into: "s").files.count == 2)
    #expect(throws: UnacceptableData.self) { try folder.ingest([folder["math/config.json"]], into: "t") }
    _ = try folder.write("math/data.json", #"{"results": 1}"#)
    #expect(throws: UnacceptableData.self) { try folder.ingest([folder["math"]], into: "t") }
    _ = try folder.write("math/other/config.json", #"{"results": 1}"#)
    #expect(throws: UnacceptableData.self) { try folder.ingest([folder["math/other"]], into: "t") }
  }
}
