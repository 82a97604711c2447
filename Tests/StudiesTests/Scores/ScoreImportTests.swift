import Foundation
import Studies
import Testing
import TraceStore
import Traces

@Suite("Scores from a file")
struct ScoreImportTests {
  private func store(_ folder: WorkFolder) throws {
    let rollouts = ["[a]", "[b]", "[c]"].map { text in
      "{\"steps\": [{\"text\": \"\(text)\"}, {\"text\": \"so \\\\boxed{4}\"}], \"finish\": \"stop\"}"
    }.joined(separator: ", ")
    let text = ["p", "q"].map { problem in
      "{\"problem\": {\"id\": \"\(problem)\", \"answer\": \"4\"}, \"recording\": {\"name\": \"r\"}, "
        + "\"rollouts\": [\(rollouts)]}\n"
    }.joined()
    try folder.ingest([folder.write("rollouts.jsonl", text)], into: "store")
  }

  private func scores(_ folder: WorkFolder, of problem: String, _ channel: ScoreChannel = .step) throws -> [[Double]] {
    let store = try TraceStore(path: folder["store"], mode: .readOnly)
    let column = try store.rollouts(of: store.problem(key: problem))
    return column.map { rollout in
      zip(rollout.columns, rollout.record.scores).first { $0.0.channel == channel }?.1 ?? []
    }
  }

  @Test("partial coverage is taken and reported")
  func partialCoverage() throws {
    let folder = try WorkFolder()
    try store(folder)
    let file = try folder.write(
      "s.jsonl",
      """
      {"problem": "q", "rollout": 2, "scorer": "second", "scores": [0.25, 1]}
      {"problem": "p", "rollout": 0, "scorer": "second", "scores": [0.5, 0], "prefixScores": [0.125, 0.75]}

      """)
    let summary = try ScoreImport(file: file, store: folder["store"]).run()
    #expect((summary.lists, summary.scores, summary.unchanged, summary.skipped) == (3, 6, 0, 0))
    let coverage = summary.coverage.map { "\($0.scorer) \($0.channel) \($0.recording) \($0.scored)/\($0.rollouts)" }
    #expect(coverage.sorted() == ["second prefix r 1/6", "second step r 2/6"])
    #expect(try scores(folder, of: "q") == [[], [], [0.25, 1]])
    #expect(try scores(folder, of: "p", .prefix) == [[0.125, 0.75], [], []])
    let again = try ScoreImport(file: file, store: folder["store"]).run()
    #expect((again.lists, again.unchanged) == (0, 3))
  }

  @Test("JSON lines, CSV and gzip say the same")
  func notations() throws {
    let lines = """
      {"problem": "p", "rollout": 1, "scores": [0.5, 0.25]}

      """
    let files = [
      "s.jsonl": lines, "rows.csv": "problem,rollout,scores\np,1,0.5 0.25\n",
      "steps.csv": "problem,rollout,step,score\np,1,0,0.5\np,1,1,0.25\n",
    ]
    for (name, text) in files {
      let folder = try WorkFolder()
      try store(folder)
      var request = ScoreImport(file: try folder.write(name, text), store: folder["store"])
      request.scorer = "second"
      _ = try request.run()
      #expect(try scores(folder, of: "p") == [[], [0.5, 0.25], []], "\(name)")
    }
  }

  @Test("a bare scale holds for every scorer, and the store's scales hold on")
  func scales() throws {
    let folder = try WorkFolder()
    try store(folder)
    func line(_ rollout: Int, _ key: String = "scores") -> String {
      "{\"problem\": \"p\", \"rollout\": \(rollout), \"scorer\": \"orm\", \"\(key)\": [-3.5, 12]}\n"
    }
    var request = ScoreImport(file: try folder.write("one.jsonl", line(0)), store: folder["store"])
    #expect(throws: UnacceptableData.self) { try request.run() }
    request.defaultScale = .unbounded
    _ = try request.run()
    _ = try ScoreImport(file: folder.write("two.jsonl", line(1)), store: folder["store"]).run()
    #expect(try scores(folder, of: "p") == [[-3.5, 12], [-3.5, 12], []])
  }

  @Test("a refused line leaves the store as before, unless such lines are to be skipped")
  func refusals() throws {
    let folder = try WorkFolder()
    try store(folder)
    let before = try folder.export("store")
    let file = try folder.write(
      "s.jsonl",
      """
      {"problem": "p", "rollout": 0, "scorer": "second", "scores": [0.5, 0]}
      {"problem": "x", "rollout": 0, "scorer": "second", "scores": [0.5, 0]}
      {"problem": "p", "rollout": 9, "scorer": "second", "scores": [0.5, 0]}
      {"problem": "p", "rollout": 1, "scorer": "second", "scores": [0.5]}
      {"problem": "p", "rollout": 1, "scorer": "second", "scores": [0.5, 2]}

      """)
    var request = ScoreImport(file: file, store: folder["store"])
    let refusal = #expect(throws: UnacceptableData.self) { try request.run() }
    #expect(refusal?.file == file)
    #expect(try folder.export("store") == before)
    request.skipInvalid = true
    let summary = try request.run()
    #expect((summary.lists, summary.skipped, summary.refusals.count) == (1, 4, 4))
    #expect(zip(summary.refusals, 2...5).allSatisfy { $0.contains("s.jsonl:\($1)") })
  }
}
