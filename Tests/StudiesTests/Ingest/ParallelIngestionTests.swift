import Foundation
import Studies
import Testing
import TraceStore
import Traces

@Suite("Ingest")
struct ParallelIngestionTests {
  /// Rollouts with right, wrong, equivalent, unreadable and missing answers, some hundred kilobytes of them.
  private func rollouts(problems: Int, completions: Int) -> String {
    let endings = [
      "so $\\\\boxed{1/2}$", "so $\\\\boxed{0.5}$", "so $\\\\boxed{3}$", "so \\\\boxed{\\\\unknown{[}}", "and so on",
    ]
    return (0..<problems).map { problem in
      let texts = (0..<completions).map { completion in
        "\"Attempt \(completion) at \(problem).\\n\\n\(endings[(completion + problem) % endings.count])\""
      }
      let scores = (0..<completions).map { "[0.\(($0 * 7 + problem) % 10)5, 0.\($0 % 10)]" }
      return "{\"problem\": \"What is \(problem)?\", \"unique_id\": \"p/\(problem)\", \"answer\": \"1/2\", "
        + "\"completions\": [\(texts.joined(separator: ", "))], \"scores\": [\(scores.joined(separator: ", "))]}\n"
    }.joined()
  }

  @Test("one thread and several make equal stores, also from compressed input")
  func threads() throws {
    let folder = try WorkFolder()
    let file = try folder.write("r.jsonl", rollouts(problems: 200, completions: 100))
    let one = try folder.ingest([file], into: "one", threads: 1)
    let three = try folder.ingest([file], into: "three", threads: 3)
    #expect((one.rollouts, one.steps, one.scores) == (20_000, 40_000, 40_000))
    #expect((three.rollouts, three.unparsed, three.withoutAnswer) == (one.rollouts, one.unparsed, one.withoutAnswer))
    #expect(one.withoutAnswer == 4_000)
    #expect(one.bytes == three.bytes)
    #expect(try StoreContent(path: folder["three"]).differences(from: StoreContent(path: folder["one"])) == [])
  }

  @Test("a verdict of the source that differs from ours is counted")
  func disagreements() throws {
    let folder = try WorkFolder()
    let file = try folder.write(
      "r.jsonl",
      #"{"problem": {"id": "p", "answer": "4"}, "rollouts": [{"steps": [{"text": "\\boxed{4}"}], "finish": "stop", "verdict": false}, {"steps": [{"text": "nothing"}], "finish": "stop", "verdict": true}, {"steps": [{"text": "\\boxed{4}"}], "finish": "stop", "verdict": true}]}"#
    )
    let summary = try folder.ingest([file], into: "store")
    #expect((summary.disagreements, summary.withoutAnswer) == (2, 1))
    let comparison = try VerdictComparison(of: folder["store"])
    #expect(comparison.differences.map(\.rollout) == [0, 1])
    #expect(comparison.differences.map(\.reason) == ["sameClass", "noAnswer"])
    let counts = try #require(comparison.counts.first)
    #expect((counts.sourceVerdicts, counts.withoutAnswer) == (3, 1))
    #expect((counts.rightOnlyHere, counts.rightOnlyThere) == (1, 1))
  }

  @Test("a Parquet table is what duckdb prints of it; without duckdb the message says how to get it")
  func parquet() throws {
    let folder = try WorkFolder()
    let table = try folder.write("it's a table.parquet", "PAR1 PAR1")
    let rows = try folder.write("rows.jsonl", rollouts(problems: 2, completions: 3))
    try FileManager.default.createDirectory(atPath: folder["bin"], withIntermediateDirectories: true)
    let missing = #expect(throws: UnacceptableData.self) {
      try folder.ingest([table], into: "none") { $0.toolPath = folder["bin"] }
    }
    #expect(missing?.remedy?.contains("duckdb.org/install") ?? false)
    #expect(!FileManager.default.fileExists(atPath: folder["none"]))
    let script = "#!/bin/sh\ncase \"$3\" in *\"it''s a table.parquet'\"*) exec /bin/cat '\(rows)';; esac\nexit 3\n"
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.write("bin/duckdb", script))
    try folder.ingest([table], into: "table") {
      $0.toolPath = folder["bin"]
      $0.recording = "r"
    }
    try folder.ingest([rows], into: "rows") { $0.recording = "r" }
    #expect(try folder.export("table") == folder.export("rows"))
  }
}
