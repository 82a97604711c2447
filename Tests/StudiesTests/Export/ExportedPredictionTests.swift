import Estimation
import Foundation
import Testing
import TraceStore

@testable import Studies

/// What an export says of predictions: a store and the store that its export makes compare alike.
@Suite("Predictions and scorers of exported files")
struct ExportedPredictionTests {
  private let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  /// Ingests what `store` exports into a new store, whose export is the same.
  @discardableResult
  private func copy(_ store: String) throws -> String {
    let text = try folder.export(store)
    try folder.ingest([folder.write("\(store).jsonl", text)], into: store + " copy")
    #expect(try folder.export(store + " copy") == text)
    let content = try StoreContent(path: folder[store + " copy"])
    #expect(content.differences(from: try StoreContent(path: folder[store])) == [])
    return store + " copy"
  }

  private func comparison(_ store: String) throws -> [String: [Int]] {
    let found = try VerdictComparison(of: folder[store]).predictions
    return Dictionary(uniqueKeysWithValues: found.map { ($0.name, [$0.stated, $0.compared, $0.equal]) })
  }

  private func preset(
    _ store: String, scorer: String? = nil, of recording: String? = nil
  ) async throws -> [PredictionComparison?] {
    var request = ReplayRequest()
    request.methods = ["bon", "wbon", "majority"]
    request.preset = "sal"
    request.budgets = BudgetList([1, 2, 3, 4])
    request.scorer = scorer
    if let recording { request.recordings = [recording] }
    let rows = try await ReplayStudy(request, store: folder[store]).run().document().rows
    return rows.map(\.storedPredictions)
  }

  private func qwen(_ number: Int, _ answers: [String], stated: [String]) -> String {
    let codes = answers.map { #""\\boxed{\#($0)}""# }.joined(separator: ",")
    let predictions = stated.map { "\"\($0)\"" }.joined(separator: ",")
    let verdicts = answers.map { "\($0 == "3")" }.joined(separator: ",")
    return #"{"idx":\#(number),"question":"q\#(number)","gt":"3","code":[\#(codes)],"pred":[\#(predictions)],"#
      + #""score":[\#(verdicts)]}"# + "\n"
  }

  /// Six answers; the files state three of them otherwise.
  @Test("two qwen-eval files of one recording keep their own `pred`")
  func qwenFiles() throws {
    let files = [
      try folder.write(
        "qa.jsonl", qwen(0, ["3", "4"], stated: ["3", "5"]) + qwen(1, ["3"], stated: ["3"])),
      try folder.write(
        "qb.jsonl", qwen(0, ["7", "4"], stated: ["3", "4"]) + qwen(1, ["4"], stated: ["3"])),
    ]
    try folder.ingest(files, into: "two") { $0.recording = "X" }
    #expect(try comparison("two") == ["pred[]": [6, 6, 3]])
    let copied = try copy("two")
    #expect(try comparison(copied) == ["pred[]": [6, 6, 3]])
    #expect(
      try VerdictComparison(of: folder[copied]).predictions == VerdictComparison(of: folder["two"]).predictions)
    // One file alone has no parts to tell apart.
    try folder.ingest([files[0]], into: "one")
    #expect(!(try folder.export("one")).contains("\"part\""))
  }

  private func completions(
    _ problem: Int, _ answers: [String], _ scores: [Double], _ predictions: [String: String]
  ) -> String {
    // Equal texts would look like the beams of a search.
    let texts = answers.enumerated().map { #""a\#($0)\n\n$\\boxed{\#($1)}$""# }.joined(separator: ",")
    let lists = scores.map { "[0.5,\($0)]" }.joined(separator: ",")
    let stated = predictions.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }.joined(separator: ",")
    return #"{"problem":"What \#(problem)?","answer":"2","unique_id":"p\#(problem)","completions":[\#(texts)],"#
      + #""scores":[\#(lists)],\#(stated)}"# + "\n"
  }

  private func searchAndLearnFiles() throws -> [String] {
    let first = (0..<9).map { problem in
      completions(
        problem, ["2", "3", "3", "2"], [0.1, 0.9, 0.8, 0.2],
        ["pred_naive@2": "3", "pred_maj@4": "2", "pred_weighted@4": "3", "pred_naive@4": "3"])
    }
    let second = (0..<9).map { problem in
      completions(
        problem, ["4", "3", "4"], [0.7, 0.6, 0.95], ["pred_naive@2": "4", "pred_maj@3": "4", "pred_weighted@2": "4"])
    }
    return [try folder.write("a.jsonl", first.joined()), try folder.write("b.jsonl", second.joined())]
  }

  @Test("two search-and-learn files of one recording keep theirs")
  func searchAndLearn() async throws {
    let files = try searchAndLearnFiles()
    try folder.ingest(files, into: "two") { $0.recording = "X" }
    let found = try comparison("two")
    #expect(found.count == 6)
    #expect(found.values.allSatisfy { $0[1] == $0[0] && $0[2] == $0[0] })
    #expect(found["pred_naive@2"] == [18, 18, 18])
    let copied = try copy("two")
    #expect(try comparison(copied) == found)
    let before = try await preset("two")
    #expect(before.contains { ($0?.compared ?? 0) == 9 })
    #expect(try await preset(copied) == before)
    // In two commands in the other order, the same.
    for file in files.reversed() { try folder.ingest([file], into: "turned") { $0.recording = "X" } }
    #expect(try folder.export("turned") == folder.export("two"))
  }

  @Test("files with equal rollouts and different predictions are no copies of each other")
  func equalRollouts() throws {
    let files = try ["3", "2"].map { answer in
      try folder.write(
        "\(answer).jsonl", completions(0, ["2", "3"], [0.1, 0.9], ["pred_naive@2": answer, "pred_maj@1": "2"]))
    }
    try folder.ingest(files, into: "equal") { $0.recording = "X" }
    #expect(try comparison("equal") == ["pred_naive@2": [2, 2, 1], "pred_maj@1": [2, 2, 2]])
    #expect(try comparison(copy("equal")) == ["pred_naive@2": [2, 2, 1], "pred_maj@1": [2, 2, 2]])
  }

  @Test("openr's results are compared after the export as before")
  func openR() throws {
    try folder.ingest([Fixtures.path("openr")], into: "openr")
    let found = try comparison("openr")
    #expect(!found.isEmpty)
    #expect(try comparison(copy("openr")) == found)
  }

  @Test("scores that were imported do not count as those that came with the rollouts")
  func importedScores() async throws {
    let files = try searchAndLearnFiles()
    try folder.ingest([files[0]], into: "imported")
    let (before, rows) = (try comparison("imported"), try await preset("imported"))
    #expect(before["pred_naive@4"] == [9, 9, 9])
    let lines = (0..<9).flatMap { problem in
      (0..<4).map { #"{"problem":"p\#(problem)","rollout":\#($0),"scorer":"sky","scores":[0.1,0.\#(9 - $0)]}"# + "\n" }
    }
    _ = try ScoreImport(file: folder.write("sky.jsonl", lines.joined()), store: folder["imported"]).run()
    #expect(try comparison("imported") == before)
    let copied = try copy("imported")
    #expect(try folder.export(copied).contains(#""sky":{"scale":"probability","imported":true}"#))
    #expect(try comparison(copied) == before)
    for store in ["imported", copied] {
      #expect(try await preset(store, scorer: "prm") == rows)
      let other = try await preset(store, scorer: "sky")
      #expect(other.compactMap { $0?.name } == ["pred_maj@4"])
    }
  }

  @Test("another recording's scorer does not matter")
  func otherRecording() async throws {
    let files = try searchAndLearnFiles()
    try folder.ingest([files[0]], into: "mixed")
    let (before, rows) = (try comparison("mixed"), try await preset("mixed", scorer: "prm", of: "a"))
    try folder.ingest([Fixtures.path("prm800k/phase2.jsonl")], into: "mixed")
    #expect(try comparison("mixed") == before)
    #expect(try comparison(copy("mixed")) == before)
    for store in ["mixed", "mixed copy"] {
      #expect(try await preset(store, scorer: "prm", of: "a") == rows)
    }
  }
}
