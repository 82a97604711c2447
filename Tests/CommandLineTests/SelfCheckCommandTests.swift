import Foundation
import Testing

/// `retrace fidelity STORE` without online runs, from outside: the record checks itself.
@Suite final class SelfCheckCommandTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fidelity-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A store of made-up chains: a hidden state that drifts, scores that show it imperfectly, right where it ends well.
  private func store(problems: Int, rollouts: Int) throws -> String {
    var number: UInt64 = 20_260_101
    func uniform() -> Double {
      number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(number >> 11) / Double(1 << 53)
    }
    func rollout() -> [String: Any] {
      var isGood = uniform() < 0.6
      let steps = (0..<4).map { step -> [String: Any] in
        if uniform() < 0.15 { isGood.toggle() }
        let score = min(max((isGood ? 0.7 : 0.35) + 0.4 * (uniform() - 0.5), 0.01), 0.99)
        return ["text": "step \(step), \(number)", "scores": ["prm": score], "tokens": 7]
      }
      return ["steps": steps, "finish": "stop", "answer": isGood ? "1" : "\(2 + Int(3 * uniform()))"]
    }
    var lines = Data()
    for problem in 0..<problems {
      let line: [String: Any] = [
        "problem": ["id": "p\(problem)", "answer": "1"], "rollouts": (0..<rollouts).map { _ in rollout() },
      ]
      lines += try JSONSerialization.data(withJSONObject: line, options: [.sortedKeys]) + Data("\n".utf8)
    }
    let file = folder.appendingPathComponent("rollouts.jsonl")
    try lines.write(to: file)
    let path = folder.appendingPathComponent("store.retrace").path
    let ingest = try Program.run(["ingest", file.path, "--into", path])
    try #require(ingest.exitCode == 0, "\(ingest.messages)")
    return path
  }

  @Test func printsATableAndADocument() throws {
    let store = try store(problems: 5, rollouts: 24)
    let command = [
      "fidelity", store, "--methods", "pf", "--budgets", "2,8", "--replicates", "4", "--continuation", "matched,shared",
    ]
    let text = try Program.run(command + ["--no-save"])
    #expect(text.exitCode == 0, "\(text.messages)")
    let lines = text.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("| method") == true)
    // Two budgets, two policies.
    #expect(lines.count { $0.hasPrefix("| pf ") } == 4)
    #expect(lines.count { $0.contains("matched") } >= 2 && lines.count { $0.contains("shared") } >= 2)

    let json = try Program.run(command + ["--json", "--quiet"])
    #expect(json.exitCode == 0 && json.messages.isEmpty, "\(json.messages)")
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let settings = try #require(document["settings"] as? [String: Any])
    #expect(settings["basis"] as? String == "model" && settings["replicates"] as? Int == 4)
    let rows = try #require(document["rows"] as? [[String: Any]])
    #expect(rows.map { $0["policy"] as? String } == ["matched", "shared", "matched", "shared"])
    #expect(rows.map { $0["budget"] as? Int } == [2, 2, 8, 8])
    for row in rows {
      #expect(row["problems"] as? Int == 5 && row["recorded"] as? Int == 24)
      let bias = try #require((row["predictedBias"] as? [String: Any])?["value"] as? Double)
      let online = try #require(row["modelOnline"] as? Double)
      let replayed = try #require(row["modelReplayed"] as? Double)
      #expect(abs(bias - (replayed - online)) < 1e-9 && (0...1).contains(online) && (0...1).contains(replayed))
    }

    // The store keeps what was found; later replays of the same content carry it.
    let replay = try Program.run([
      "replay", store, "--methods", "pf", "--budgets", "8", "--replicates", "4", "--json", "--quiet",
    ])
    let replayed = try #require(try JSONSerialization.jsonObject(with: Data(replay.output.utf8)) as? [String: Any])
    let row = try #require((replayed["rows"] as? [[String: Any]])?.first)
    #expect(row["predictedBias"] is [String: Any])
  }

  @Test func refusesWhatItWouldIgnore() throws {
    let store = try store(problems: 2, rollouts: 8)
    let named = try Program.run(["fidelity", store, "--methods", "majority"])
    #expect(named.exitCode == 2 && named.messages.contains("majority") && named.output.isEmpty)
    let option = try Program.run(["fidelity", store, "--methods", "pf", "--set", "width=4"])
    #expect(option.exitCode == 2 && option.messages.contains("pf has no option 'width'"))
    let replay = try Program.run(["replay", store, "--methods", "majority", "--continuation", "strict"])
    #expect(replay.exitCode == 2 && replay.messages.contains("--continuation strict would change nothing"))
    #expect(replay.messages.contains("pf, epf, pg") && replay.output.isEmpty)
  }

  @Test func printsWhatWasFinishedWhenInterrupted() throws {
    // Some problems take long together, each of them little: whoever stops waits for those that have been begun.
    let store = try store(problems: 40, rollouts: 32)
    let stopped = try Program.run(
      ["fidelity", store, "--budgets", "1...32", "--replicates", "256", "--json"], interruptedAfter: 2)
    #expect(stopped.exitCode == 1)
    #expect(stopped.messages.contains("stopped: the numbers are over the problems that were finished"))
    let document = try JSONSerialization.jsonObject(with: Data(stopped.output.utf8)) as? [String: Any]
    #expect(document?["rows"] is [Any])
  }
}
