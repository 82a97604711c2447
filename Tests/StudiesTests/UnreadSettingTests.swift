import Replay
import Testing
import Traces

@testable import Studies

/// No option is ever accepted and ignored: what no listed method reads is refused by name.
@Suite struct UnreadSettingTests {
  private func cells(
    _ methods: [String], options: [String] = [], _ change: (inout ReplayRequest) -> Void = { _ in }
  ) throws -> [StudyCell] {
    var request = ReplayRequest()
    request.methods = methods
    request.options = options.compactMap(ReplayRequest.Option.init(parsing:))
    change(&request)
    return try StudyCells(request: request, recordings: [Recording(name: "r")], hasStepScores: true).all()
  }

  private func refusal(
    _ methods: [String], options: [String] = [], _ change: (inout ReplayRequest) -> Void = { _ in }
  ) -> String? {
    do {
      _ = try cells(methods, options: options, change)
      return nil
    } catch { return error.localizedDescription }
  }

  @Test func settingsThatNoMethodReadsAreRefusedByName() throws {
    let refused: [([String], [String], String, (inout ReplayRequest) -> Void)] = [
      (["majority"], [], "--continuation strict", { $0.continuation = "strict" }),
      (["bon", "wbon"], [], "--continuation shared", { $0.continuation = "shared" }),
      (["majority", "pass"], [], "--aggregate min", { $0.aggregations = ["min"] }),
      (["majority"], [], "--aggregate last,model", { $0.aggregations = ["last", "model"] }),
      (["multiTemperature"], [], "--aggregate min", { $0.aggregations = ["min"] }),
      (["greedy"], [], "--scorer prm", { $0.scorer = "prm" }),
      (["ensemble"], ["scorers=all"], "--scorer prm", { $0.scorer = "prm" }),
      (["majority", "bon"], ["mergePrefixes=false"], "--set mergePrefixes=false", { _ in }),
      (["pass"], [], "--scorer-parameters", { $0.scorerParameters = ParameterCount(parsing: "7B") }),
    ]
    for (methods, options, name, change) in refused {
      let text = refusal(methods, options: options, change)
      #expect(text?.hasPrefix(name + " would change nothing") == true, "\(methods): \(text ?? "accepted")")
      #expect(text?.contains(methods.joined(separator: ", ")) == true)
    }
    #expect(
      refusal(["majority", "pass"]) { $0.continuation = "strict" }
        == "--continuation strict would change nothing, since none of the methods (majority, pass) draws steps with these "
        + "options; pf, epf, pg, pgas, pt, beam, dvts, bestFirst, mcts, rebase would; leave it out")
  }

  @Test func oneMethodThatReadsASettingIsEnough() throws {
    let cells = try cells(["pf", "majority"], options: ["mergePrefixes=false"]) {
      $0.continuation = "strict"
      $0.aggregations = ["min"]
      $0.scorer = "prm"
    }
    #expect(cells.map(\.method.continuation) == [.strict, .strict])
    let rows = cells.map { $0.row(budget: 1, scorer: "prm") }
    #expect(rows.map(\.aggregate) == ["min", nil])
    #expect(rows.map { $0.options["mergePrefixes"] } == ["false", nil])
    // A majority does not depend on what is merged, so neither on what stands beside it.
    #expect(cells.map(\.mergesPrefixes) == [false, true])
    #expect(refusal(["multiTemperature"], options: ["rule=bon"]) { $0.aggregations = ["min"] } == nil)
    #expect(refusal(["pass", "bon"]) { $0.scorer = "prm" } == nil)
    // It counts equal paths once.
    let votes = try self.cells(["perplexityVote"], options: ["mergePrefixes=false"])
    #expect(votes.map { $0.row(budget: 1, scorer: nil).options["mergePrefixes"] } == ["false"])
  }

  @Test func whatHoldsAnywayMayBeSpeltOut() {
    #expect(
      refusal(["majority"], options: ["mergePrefixes=true"]) {
        $0.aggregations = ["last"]
        $0.continuation = "matched"
      } == nil)
  }

  @Test func parameterCountsThatGiveNoFLOPsAreRefused() {
    let count = ParameterCount(parsing: "7B")
    #expect(refusal(["pf"]) { $0.generatorParameters = count }?.contains("need --scorer-parameters") == true)
    #expect(refusal(["pf"]) { $0.scorerParameters = count }?.contains("need --generator-parameters") == true)
    #expect(refusal(["pf", "majority"]) { $0.generatorParameters = count } == nil)
    #expect(
      refusal(["pf"]) {
        $0.generatorParameters = count
        $0.scorerParameters = count
      } == nil)
  }

  @Test func optionsThatAnotherOverrulesAreRefused() throws {
    #expect(refusal(["beam"], options: ["width=4", "width=8"])?.contains("it is set twice") == true)
    #expect(refusal(["pf"], options: ["mergePrefixes=true", "mergePrefixes=false"])?.contains("set twice") == true)
    #expect(refusal(["beam"], options: ["width=4", "beam.width=8"])?.contains("beam has its own") == true)
    // The one given for a method by name holds there, whatever the order.
    let cells = try cells(["beam", "dvts"], options: ["dvts.width=2", "width=8"])
    #expect(cells.map { $0.method.settings.values["width"] } == ["8", "2"])
  }

  @Test func aMethodAloneKeepsWhatItReads() throws {
    var request = ReplayRequest()
    request.methods = ["pf", "majority", "bon"]
    request.aggregations = ["min"]
    request.scorer = "prm"
    request.continuation = "nearest"
    request.options = ["mergePrefixes=false", "donors=4", "pf.ties=first", "ties=random", "k=2"].compactMap(
      ReplayRequest.Option.init(parsing:))
    let filter = try request.alone("pf")
    #expect(filter.methods == ["pf"] && filter.aggregations == ["min"] && filter.continuation == "nearest")
    #expect(filter.options.map(\.key) == ["mergePrefixes", "donors", "ties"])
    #expect(filter.options.last?.value == "first")
    let vote = try request.alone("majority")
    #expect(vote.aggregations.isEmpty && vote.scorer == nil && vote.continuation == nil && vote.options.isEmpty)
    let best = try request.alone("bon")
    #expect(best.aggregations == ["min"] && best.scorer == "prm" && best.continuation == nil)
  }
}
