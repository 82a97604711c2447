import Estimation
import Foundation
import Testing
import TraceStore
import Traces

@testable import Studies

/// Preset `sal` beside what search-and-learn's files state.
@Suite struct StoredPredictionTests {
  private let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  private static let rules = ["naive", "weighted", "maj"]

  /// Twelve problems with eight completions; scores of four values only and answers of three classes, so that ties are
  /// many, and one completion in eight without an answer. The predictions are worked out here, after
  /// search-and-learn's own code; that of problem 7 by majority of four is falsified.
  private func lines() -> String {
    var random = RandomStream(
      RandomStream.Key(seed: 3, problem: "", method: "predictions", settings: ""), budget: 0, replicate: 0)
    return (0..<12).map { problem in
      let answers = (0..<8).map { _ in random.below(8) == 0 ? nil : ["2", "3", #"\\frac{1}{2}"#][random.below(3)] }
      let scores = (0..<8).map { _ in Double(1 + random.below(4)) / 4 }
      var predictions = [1, 2, 4, 8].flatMap { count in
        Self.rules.map { rule in
          var answer = Self.prediction(rule, Array(answers.prefix(count)), Array(scores.prefix(count)))
          if problem == 7, rule == "maj", count == 4 { answer = "99" }
          return #""pred_\#(rule)@\#(count)": "\\boxed{\#(answer)}""#
        }
      }
      predictions.append(#""pred": "so""#)
      let texts = answers.enumerated().map { index, answer in
        answer.map { #""Step \#(index).\n\nThus $\\boxed{\#($0)}$""# }
          ?? #""Step \#(index).\n\nI'm not sure how to solve this.""#
      }
      return #"{"problem": "Q \#(problem)", "unique_id": "u/\#(problem)", "answer": "2", "#
        + #""completions": [\#(texts.joined(separator: ", "))], "#
        + #""scores": [\#(scores.map { "[0.5, \($0)]" }.joined(separator: ", "))], "#
        + predictions.joined(separator: ", ") + "}\n"
    }.joined()
  }

  private static func prediction(_ rule: String, _ answers: [String?], _ scores: [Double]) -> String {
    if rule == "naive" { return answers[scores.firstIndex(of: scores.max() ?? 0) ?? 0] ?? "" }
    var sums: [String: Double] = [:]
    for (answer, score) in zip(answers, scores) { sums[answer ?? "", default: 0] += rule == "maj" ? 1 : score }
    return answers.map { $0 ?? "" }.first { sums[$0] == sums.values.max() } ?? ""
  }

  private func store() throws -> String {
    try folder.ingest([folder.write("salp.jsonl", lines())], into: "store")
    return folder["store"]
  }

  private func results(
    _ store: String,
    preset: String? = "sal",
    _ change: (inout ReplayRequest) -> Void = { _ in }
  ) async throws -> StudyResults {
    var request = ReplayRequest()
    request.methods = ["bon", "wbon", "majority"]
    request.preset = preset
    request.budgets = BudgetList([1, 2, 3, 4, 8])
    change(&request)
    return try await ReplayStudy(request, store: store).run()
  }

  @Test func rowsCarryHowManyAgreeAndWhereNot() async throws {
    let rows = try await results(store()).document().rows
    for row in rows {
      let name = ["bon": "pred_naive", "wbon": "pred_weighted", "majority": "pred_maj"][row.cell.method] ?? ""
      guard row.cell.budget != 3 else {
        #expect(row.storedPredictions == nil)
        continue
      }
      let found = try #require(row.storedPredictions)
      #expect(found.name == "\(name)@\(row.cell.budget)")
      #expect(found.stated == 12)
      #expect(found.compared == 12)
      let isFalsified = found.name == "pred_maj@4"
      #expect(found.equal == (isFalsified ? 11 : 12), "\(found)")
      #expect(found.differences.map(\.problem) == (isFalsified ? ["u/7"] : []))
      #expect(found.differences.allSatisfy { $0.source == "\\boxed{99}" && $0.ours != nil })
    }
    #expect(rows.count == 15)
  }

  @Test func gradingFindsTheSame() throws {
    let found = try VerdictComparison(of: store()).predictions.filter { $0.name != "pred" }
    #expect(found.map(\.name).count == 12)
    for prediction in found { #expect(prediction.equal == (prediction.name == "pred_maj@4" ? 11 : 12)) }
  }

  /// The choice that is compared is the one whose verdict the preset's replay reports.
  @Test func theChoiceIsThePresets() async throws {
    let path = try store()
    let results = try await results(path)
    let store = try TraceStore(path: path, mode: .readOnly)
    let rules: [ChoiceRule] = [.naive, .weighted, .majority]
    for (cell, rule) in rules.enumerated() {
      for (position, budget) in [1, 2, 3, 4, 8].enumerated() {
        for outcome in results.outcomes(cell: cell, budget: position) {
          let all = try store.completions(of: outcome.problem, recording: "salp", scorer: "prm")
          let choice = try #require(rule.choose(among: Array(all.prefix(budget))))
          guard case .completion(let chosen) = choice else {
            Issue.record("no choice")
            return
          }
          #expect(outcome.success == (chosen.isRight ? 1 : 0), "\(outcome.problem) \(cell) \(budget)")
        }
      }
    }
  }

  @Test func aNoticeListsTheDifferences() async throws {
    let notices = try await results(store()).notices()
    #expect(notices.count == 3)
    let majority = try #require(notices.last)
    #expect(majority.hasPrefix("salp: majority as the source's own predictions: pred_maj@1 12 of 12, "))
    #expect(majority.contains("pred_maj@4 11 of 12"))
    #expect(majority.contains("; not pred_maj@4 of u/7: \\boxed{99} there, "))
  }

  @Test func otherRulesAndOtherScorersAreNotCompared() async throws {
    let path = try store()
    let textbook = try await results(path, preset: nil)
    #expect(textbook.document().rows.allSatisfy { $0.storedPredictions == nil })
    #expect(!textbook.document().text.contains("storedPredictions"))
    #expect(textbook.notices().isEmpty)
    var lines = ""
    for problem in 0..<12 {
      for rollout in 0..<8 {
        lines += #"{"problem": "u/\#(problem)", "rollout": \#(rollout), "scorer": "other", "#
        lines += #""scores": [0.5, 0.25]}"# + "\n"
      }
    }
    let scores = try folder.write("scores.jsonl", lines)
    _ = try ScoreImport(file: scores, store: path).run()
    let other = try await results(path) { $0.scorer = "other" }.document().rows
    #expect(other.filter { $0.storedPredictions != nil }.allSatisfy { $0.cell.method == "majority" })
    let own = try await results(path) { $0.scorer = "prm" }.document().rows
    #expect(own.filter { $0.storedPredictions != nil }.count == 12)
  }

  @Test func aSliceIsComparedOnItsOwnProblems() async throws {
    let rows = try await results(store()) { $0.condition = "key = 'u/7'" }.document().rows
    #expect(rows.compactMap { $0.storedPredictions?.stated }.allSatisfy { $0 == 1 })
    #expect(rows.compactMap(\.storedPredictions).map(\.equal).reduce(0, +) == 11)
  }

  @Test func rowsReadBack() async throws {
    let document = try await results(store()).document()
    let text = document.text
    #expect(text.contains(#""storedPredictions":"#))
    let again = try JSONDecoder().decode(ReplayDocument.self, from: Data(text.utf8))
    #expect(again.rows.map(\.storedPredictions) == document.rows.map(\.storedPredictions))
  }
}
