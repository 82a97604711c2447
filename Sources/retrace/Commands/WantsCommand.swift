import ArgumentParser
import Foundation
import Studies
import Traces

/// `retrace wants`: the way from an approximate to an exact replay.
struct WantsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wants",
    abstract: "Write the continuations that a strict replay misses as a batch of requests.",
    discussion: """
      Replays with policy strict and writes what was missed in the OpenAI batch format, which vLLM's run-batch takes. \
      The answers go back into the same store with retrace ingest; scores of the new steps with retrace scores import. \
      Repeat until nothing is missing: each round comes a step further at least.
      """)

  @Argument(help: "The store.")
  var store: String

  @OptionGroup var replay: ReplayOptions

  @Option(help: "The file to write. (default: standard output)")
  var out: String?

  @Option(
    help: """
      The prompt: {problem} is the statement, {prefix} the steps so far; @FILE reads it from a file. (default: both with \
      an empty line between; for a chat {problem})
      """)
  var template: String?

  @Option(help: "The model's name in the requests. (default: the recording's)")
  var model: String?

  @Flag(help: "Write chat requests, with the steps so far as an unfinished answer, as vLLM takes them.")
  var chat = false

  @Option(help: "The most tokens of a continuation.")
  var maxTokens = 2048

  @Flag(help: "Go on to the end of the answer instead of stopping after one step.")
  var toEnd = false

  @OptionGroup var computing: ComputingOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if output.json, out == nil { throw ValidationError("--json prints counts; name a file for the batch with --out") }
    if maxTokens < 1 { throw ValidationError("--max-tokens \(maxTokens): expected 1 or more") }
    if replay.generatorParameters != nil || replay.scorerParameters != nil {
      throw ValidationError("--generator-parameters, --scorer-parameters: wants prints no costs; leave them out")
    }
    if let template, !BatchFile.isFile(template) { try check(template) }
    if let policy = replay.curves.continuation, policy != "strict" {
      throw ValidationError("--continuation \(policy): what is missing is what policy strict misses")
    }
  }

  func run() async throws {
    let request = try request()
    let line = ProgressLine(title: "wants", unit: "problems", quiet: output.quiet)
    defer { line.finish() }
    let study = try WantsStudy(
      request, store: store, observer: line.observer)
    let results = try await study.run()
    line.finish()
    let batch = try results.batch()
    if let out {
      try BatchFile.write(batch, to: out)
    } else {
      Console.output(batch)
    }
    results.notices.forEach(output.notice)
    output.notice(results.summary)
    if output.json { Console.output(results.json) }
    if results.isPartial { throw Outcome.stopped(output) }
  }

  private func check(_ template: String) throws {
    do { _ = try BatchFile.template(template, isChat: chat) } catch let refusal as UnacceptableData {
      throw ValidationError("--template: \(refusal.localizedDescription)")
    }
  }

  private func request() throws -> WantsRequest {
    var request = WantsRequest(try replay.request(computing))
    let standard = chat ? PromptTemplate.standardChat : PromptTemplate.standard
    request.prompt = try template.map { try BatchFile.template($0, isChat: chat) } ?? PromptTemplate(standard)
    request.model = model
    request.isChat = chat
    request.maximumTokens = maxTokens
    request.goesOn = toEnd
    return request
  }
}
