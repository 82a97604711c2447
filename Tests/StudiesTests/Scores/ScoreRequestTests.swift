import Foundation
import Studies
import Testing
import TraceStore
import Traces

/// What a store asks a reward model, answered by a function of the texts, comes back as the scores of those texts.
@Suite("Requests for scores and back")
struct ScoreRequestTests {
  /// A tree, a rollout without a parent, another recording, names that need escapes.
  private static let rollouts = #"""
    {"problem": {"id": "a|b %", "statement": "2+2?", "answer": "4"}, "recording": {"name": "day | one", "delimiter": "\n"}, "rollouts": [{"steps": [{"text": "x"}, {"text": "yy"}, {"text": "zzz"}], "finish": null}, {"steps": [{"text": "wwww"}, {"text": "\\boxed{4}"}], "finish": "stop", "parent": {"rollout": 0, "step": 2}}, {"steps": [{"text": ""}], "finish": "length"}]}
    {"problem": {"id": "q", "answer": "5"}, "recording": {"name": "night"}, "rollouts": [{"steps": [{"text": "é"}, {"text": "\\boxed{5}"}], "finish": "stop"}]}

    """#

  private func folder() throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.ingest([folder.write("rollouts.jsonl", Self.rollouts)], into: "store")
    return folder
  }

  /// A score of a text: any function that tells these texts apart.
  private static func score(_ text: String) -> Double {
    Double(text.utf8.reduce(UInt32(7)) { ($0 &* 31 &+ UInt32($1)) % 10_007 }) / 10_007
  }

  private func requests(_ folder: WorkFolder, _ channel: ScoreChannel, _ notation: ScoreRequests.Notation) throws
    -> (lines: [[String: Any]], summary: ScoreRequests.Summary)
  {
    var requests = ScoreRequests(store: folder["store"], scorer: "new | scorer", channel: channel)
    requests.notation = notation
    var bytes: [UInt8] = []
    let summary = try requests.run { bytes += $0 }
    let lines = try bytes.split(separator: 0x0a).map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }
    return (lines, summary)
  }

  private func importing(_ replies: [[String: Any]], _ folder: WorkFolder) throws -> ScoreImportSummary {
    let text = try replies.map { reply in
      String(decoding: try JSONSerialization.data(withJSONObject: reply), as: UTF8.self) + "\n"
    }
    return try ScoreImport(file: folder.write("replies.jsonl", text.joined()), store: folder["store"]).run()
  }

  /// The stored scores of every rollout beside those that its texts should have.
  private func check(_ folder: WorkFolder, _ channel: ScoreChannel) throws {
    let store = try TraceStore(path: folder["store"], mode: .readOnly)
    let delimiters = ["day | one": "\n", "night": "\n\n"]
    for problem in try store.problems() {
      let rollouts = try store.rollouts(of: problem, scorers: ["new | scorer"])
      for (position, rollout) in rollouts.enumerated() {
        let path = rollouts.pathTexts(to: position)
        let own = rollout.stepTexts.count
        let texts = (path.count - own..<path.count).map { step in
          channel == .step
            ? path[step] : path[...step].joined(separator: delimiters[rollout.recording] ?? "")
        }
        let column = try #require(rollout.columns.firstIndex { $0.channel == channel })
        #expect(rollout.record.scores[column] == texts.map(Self.score))
      }
    }
  }

  @Test("a line a rollout", arguments: [ScoreChannel.step, .prefix])
  func lines(channel: ScoreChannel) throws {
    let folder = try folder()
    let asked = try requests(folder, channel, .jsonl)
    #expect((asked.summary.requests, asked.summary.rollouts) == (4, 4))
    #expect((asked.summary.scores, asked.summary.scored) == (8, 0))
    let replies = try asked.lines.map { line in
      let texts = try #require(line[channel == .step ? "steps" : "prefixes"] as? [String])
      return line.merging([channel == .step ? "scores" : "prefixScores": texts.map(Self.score)]) { $1 }
    }
    let summary = try importing(replies.reversed(), folder)
    #expect((summary.lists, summary.scores) == (4, 8))
    try check(folder, channel)
    #expect(try requests(folder, channel, .jsonl).lines.isEmpty)
  }

  @Test("a batch of conversations, answered in another order", arguments: [ScoreChannel.step, .prefix])
  func batch(channel: ScoreChannel) throws {
    let folder = try folder()
    let asked = try requests(folder, channel, .openAIBatch)
    #expect(asked.summary.requests == (channel == .step ? 4 : 8))
    let replies = try asked.lines.map { request -> [String: Any] in
      let body = try #require(request["body"] as? [String: Any])
      let messages = try #require(body["messages"] as? [[String: String]])
      let answer = try #require(messages.last?["content"])
      #expect(answer.hasSuffix("<extra_0>"))
      let judged = answer.components(separatedBy: "<extra_0>").dropLast()
      let pooled = judged.map { [1 - Self.score($0), Self.score($0)] }
      return [
        "custom_id": try #require(request["custom_id"]), "error": NSNull(),
        "response": ["status_code": 200, "body": ["data": [["index": 0, "data": pooled]]]],
      ]
    }
    let summary = try importing(replies.reversed(), folder)
    #expect((summary.lists, summary.scores) == (4, 8))
    try check(folder, channel)
    #expect(try requests(folder, channel, .openAIBatch).lines.isEmpty)
  }

  @Test("only what is missing is asked for, and a missing reply is said")
  func missing() throws {
    let folder = try folder()
    let asked = try requests(folder, .prefix, .openAIBatch)
    func reply(_ request: [String: Any]) -> [String: Any] {
      [
        "custom_id": request["custom_id"] ?? "",
        "response": ["status_code": 200, "body": ["data": [["score": 0.5]]]],
      ]
    }
    let night = asked.lines.filter { ($0["custom_id"] as? String)?.contains("night") ?? false }
    #expect(night.count == 2)
    let gap = #expect(throws: UnacceptableData.self) { try importing([reply(night[1])], folder) }
    #expect(gap?.found.contains("without a score of step 0") ?? false)
    _ = try importing(night.map(reply), folder)
    let rest = try requests(folder, .prefix, .openAIBatch)
    #expect((rest.summary.requests, rest.summary.rollouts, rest.summary.scored) == (6, 3, 1))
  }

  /// A file that comes before in the order of hashes moves the rollouts on: their scores must not move with the numbers.
  @Test("scores for a rollout that has another number now are its own")
  func movedRollouts() throws {
    let folder = try folder()
    let asked = try requests(folder, .step, .jsonl)
    let replies = try asked.lines.map { line in
      let texts = try #require(line["steps"] as? [String])
      return line.merging(["scores": texts.map(Self.score)]) { $1 }
    }
    for number in 0..<8 {
      let other =
        "{\"problem\": {\"id\": \"q\", \"answer\": \"5\"}, \"recording\": {\"name\": \"night\"}, \"rollouts\": "
        + "[{\"steps\": [{\"text\": \"other \(number)\"}, {\"text\": \"5\"}], \"finish\": \"stop\"}]}\n"
      try folder.ingest([folder.write("other-\(number).jsonl", other)], into: "store")
    }
    let store = try TraceStore(path: folder["store"], mode: .readOnly)
    let own = ["é", "\\boxed{5}"]
    let first = try store.rollouts(of: store.problem(key: "q"))[0].stepTexts
    try #require(first != own, "one of eight files comes first")
    _ = try importing(replies, folder)
    for rollout in try store.rollouts(of: store.problem(key: "q"), scorers: ["new | scorer"]) {
      #expect(rollout.record.scores == [rollout.stepTexts == own ? own.map(Self.score) : []])
    }
  }

  @Test("batches say how many rollouts hold the mark of a step's end themselves")
  func marks() throws {
    let folder = try folder()
    var requests = ScoreRequests(store: folder["store"], scorer: "new", channel: .prefix)
    requests.mark = "zz"
    #expect(try requests.run { _ in }.holdingMark == 0, "lines have no marks")
    requests.notation = .openAIBatch
    // The rollout with "zzz"; its branch leaves it before that step.
    #expect(try requests.run { _ in }.holdingMark == 1)
    requests.mark = "+2?"
    #expect(try requests.run { _ in }.holdingMark == 3)
  }

  @Test("a file of requests is what is printed, whole or not there", arguments: [ScoreChannel.step, .prefix])
  func file(channel: ScoreChannel) throws {
    for notation in [ScoreRequests.Notation.jsonl, .openAIBatch] {
      let folder = try folder()
      var requests = ScoreRequests(store: folder["store"], scorer: "new", channel: channel)
      requests.notation = notation
      var bytes: [UInt8] = []
      let printed = try requests.run { bytes += $0 }
      let written = try requests.run(toFile: folder["requests.jsonl"])
      #expect(written.requests == printed.requests && written.scores == printed.scores)
      #expect(try folder.read("requests.jsonl") == String(decoding: bytes, as: UTF8.self))
      #expect(throws: OutputFailure.self) { try requests.run(toFile: folder["store"]) }
      #expect(throws: OutputFailure.self) { try requests.run(toFile: folder["none/requests.jsonl"]) }
      #expect(try TraceStore(path: folder["store"], mode: .readOnly).summary().rollouts == 4)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(!names.contains { $0.contains("partial") })
    }
  }

  @Test func recordingsAreSelected() throws {
    let folder = try folder()
    var requests = ScoreRequests(store: folder["store"], scorer: "x", channel: .step)
    requests.recordings = ["night"]
    #expect(try requests.run { _ in }.requests == 1)
    requests.recordings = ["none"]
    #expect(throws: StudyError.self) { try requests.run { _ in } }
  }
}
