import Estimation
import Foundation
import Studies
import TraceStore
import TraceTestSupport
import Traces

/// A simulated generator as files and a store see it: steps are texts, each different, whose hidden state only the
/// server knows.
final class SimulatedServer {
  static let scorer = SimulatedRecording.scorer
  let model: SimulatedModel
  private var random: RandomStream
  private var paths: [String: SimulatedPath] = [:]
  private var count = 0
  private let seed: UInt64

  init(_ model: SimulatedModel, seed: UInt64) {
    self.model = model
    self.seed = seed
    random = RandomStream(
      RandomStream.Key(seed: seed, problem: "", method: "server", settings: ""), budget: 0, replicate: 0)
  }

  /// The next step after a step's text, or from the prompt.
  func step(after text: String?, problem: Int) -> String {
    var path: SimulatedPath
    if let text, let known = paths[text] {
      path = known
      model.advance(&path, problem: problem, using: &random)
    } else {
      path = model.start(problem: problem, using: &random)
    }
    count += 1
    let end = path.isOver ? #" \boxed{\#(path.isRight ? 1 : 2)}"# : ""
    let step = "step \(seed).\(count)\(end)"
    paths[step] = path
    return step
  }

  func isOver(_ step: String) -> Bool { paths[step]?.isOver ?? false }

  func score(_ step: String) -> Double { paths[step]?.last ?? .nan }

  /// Complete chains of all problems in the `retrace` format.
  func chains(_ count: Int) -> String {
    (0..<model.problemCount).map { problem in
      let rollouts = (0..<count).map { _ in rollout(problem: problem) }
      return line(problem, rollouts: "[" + rollouts.joined(separator: ",") + "]")
    }.joined(separator: "\n") + "\n"
  }

  private func line(_ problem: Int, rollouts: String) -> String {
    let key = model.problem(problem).key
    return #"{"problem":{"id":"\#(key)","statement":"Exercise \#(problem)","answer":"1"},"#
      + #""recording":{"model":"simulated","temperature":1,"delimiter":"\n"},"rollouts":\#(rollouts)}"#
  }

  private func rollout(problem: Int) -> String {
    var steps: [String] = []
    repeat { steps.append(step(after: steps.last, problem: problem)) } while !isOver(steps[steps.count - 1])
    let list = steps.map { step in
      #"{"text":"\#(step.replacing("\\", with: "\\\\"))","scores":{"\#(Self.scorer)":\#(score(step))}}"#
    }
    return #"{"steps":[\#(list.joined(separator: ","))],"finish":"stop"}"#
  }

  /// The answers to a batch of requests, as vLLM's `run-batch` writes them.
  func answer(batch: String) throws -> String {
    try batch.split(separator: "\n").map { line in
      let request = try JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))
      guard case .string(let name)? = request["custom_id"], let body = request["body"],
        case .string(let prompt)? = body["prompt"], case .integer(let count)? = body["n"]
      else { throw CocoaError(.coderInvalidValue) }
      let lines = prompt.split(separator: "\n")
      let problem = Int(lines[0].dropFirst("Exercise ".count)) ?? 0
      let last = lines.count > 1 ? lines.last.map(String.init) : nil
      let choices = (0..<count).map { index in choice(step(after: last, problem: problem), index: index) }
      return JSONValue.object([
        .init("custom_id", .string(name)),
        .init(
          "response",
          .object([
            .init("status_code", .integer(200)), .init("body", .object([.init("choices", .array(choices))])),
          ])), .init("error", .null),
      ]).text() + "\n"
    }.joined()
  }

  private func choice(_ step: String, index: Int) -> JSONValue {
    .object([
      .init("index", .integer(index)), .init("text", .string(step)), .init("finish_reason", .string("stop")),
      .init("stop_reason", isOver(step) ? .null : .string("\n")),
    ])
  }

  /// Scores all steps of a store that have none.
  func score(store path: String) throws {
    let store = try TraceStore(path: path, mode: .readWrite)
    var lines: [ImportedScores] = []
    for problem in try store.problems() {
      for rollout in try store.rollouts(of: problem) where rollout.record.scores.allSatisfy(\.isEmpty) {
        lines.append(
          ImportedScores(
            problem: problem.problem.key, recording: rollout.recording, rollout: rollout.index, scorer: Self.scorer,
            stepScores: rollout.stepTexts.map(score), line: lines.count + 1))
      }
    }
    var rest: [ImportedScores]? = lines
    _ = try store.importScores(file: "scores") {
      defer { rest = nil }
      return rest
    }
  }
}

extension SimulatedServer {
  /// A store with chains of all problems.
  func store(chains count: Int, in folder: TemporaryFolder) throws -> String {
    let store = folder.file("simulated.retrace")
    let file = try folder.write(chains(count), to: "chains.jsonl")
    _ = try Ingestion(IngestionRequest(inputs: [file], store: store)).run()
    return store
  }

  /// Online runs of a method on all problems, as files of online runs hold them.
  func onlineRuns(_ search: OnlineSearch, budget: Int, replicates: Int, seed: UInt64) throws -> String {
    var lines = ""
    for problem in 0..<model.problemCount {
      let key = model.problem(problem).key
      var random = RandomStream(
        RandomStream.Key(seed: seed, problem: key, method: search.rawValue, settings: "online"), budget: budget,
        replicate: 0)
      for replicate in 0..<replicates {
        let isRight = try search.run(model, problem: problem, budget: budget, aggregation: .last, using: &random)
        lines += #"{"problem":"\#(key)","method":"\#(search.rawValue)","aggregate":"last","budget":\#(budget),"#
        lines += #""replicate":\#(replicate),"answer":"\#(isRight ? 1 : 2)","right":\#(isRight)}"# + "\n"
      }
    }
    return lines
  }
}
