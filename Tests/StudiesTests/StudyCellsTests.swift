import Replay
import Testing
import Traces

@testable import Studies

@Suite struct StudyCellsTests {
  private func cells(
    _ methods: [String],
    options: [String] = [],
    _ change: (inout ReplayRequest) -> Void = { _ in }
  ) throws -> [StudyCell] {
    var request = ReplayRequest()
    request.methods = methods
    request.options = options.compactMap(ReplayRequest.Option.init(parsing:))
    change(&request)
    return try StudyCells(request: request, recordings: [Recording(name: "r")], hasStepScores: true).all()
  }

  @Test func refusesAnUnknownOptionWithTheNearestName() {
    let error = #expect(throws: ReplayError.self) { try cells(["beam"], options: ["widht=8"]) }
    #expect(error?.localizedDescription.contains("beam has no option 'widht' (did you mean 'width'?)") == true)
  }

  @Test func aRefusalListsTheOptionsOfTheMethodsUnderThePreset() {
    func refusal(_ methods: [String], _ option: String, preset: String? = nil) -> String? {
      let error = #expect(throws: ReplayError.self) { try cells(methods, options: [option]) { $0.preset = preset } }
      return error?.localizedDescription
    }
    #expect(
      refusal(["beam"], "zzz=1")
        == "beam has no option 'zzz'; it has answer, donors, maxSteps, mergePrefixes, width")
    #expect(
      refusal(["beam"], "zzz=1", preset: "sal") == "beam has no option 'zzz'; with preset 'sal' it has donors, "
        + "filterDuplicates, lookahead, maxSteps, mergePrefixes, sortCompleted, width")
    #expect(
      refusal(["dvts", "pass"], "zzz=1", preset: "sal") == "dvts, pass has no option 'zzz'; with preset 'sal' it has "
        + "donors, lookahead, maxSteps, mergePrefixes, width")
    #expect(refusal(["beam"], "beam.zzz=1") == "beam has no option 'zzz'; it has answer, donors, maxSteps, width")
    #expect(refusal(["pass"], "zzz=1") == "pass has no option 'zzz'; it has none")
    #expect(refusal(["beam"], "sortCompleted=true", preset: "cot")?.contains("only with preset 'sal'") == true)
  }

  @Test func unknownNamesAndValuesGetTheNearestRightOne() {
    func refusal(_ change: (inout ReplayRequest) -> Void) -> String? {
      let error = #expect(throws: (any Error).self) { try cells(["pf"], change) }
      return error?.localizedDescription
    }
    #expect(refusal { $0.aggregations = ["prodct"] }?.contains("(did you mean 'product'?)") == true)
    #expect(refusal { $0.recordings = ["r2"] }?.contains("(did you mean 'r'?)") == true)
    #expect(
      refusal { $0.options = [.init(key: "mergePrefixes", value: "flase")] }?.contains("(did you mean 'false'?)")
        == true)
  }

  @Test func refusesAnUnknownMethodWithTheNearestName() {
    let error = #expect(throws: ReplayError.self) { try cells(["beem"]) }
    #expect(error?.localizedDescription.contains("did you mean 'beam'?") == true)
  }

  @Test(arguments: ["width=0", "width=four", "beam.width=-1"])
  func refusesAValueThatTheOptionDoesNotTake(option: String) {
    let error = #expect(throws: ReplayError.self) { try cells(["beam"], options: [option]) }
    #expect(error?.localizedDescription.contains("expected a whole number") == true)
  }

  @Test func anOptionGoesToTheMethodsThatHaveIt() throws {
    let cells = try cells(["beam", "dvts", "wbon"], options: ["width=8", "dvts.width=2"])
    #expect(cells.map { $0.method.settings.values["width"] } == ["8", "2", nil])
  }

  @Test func anOptionOfAMethodThatIsNotReplayedIsRefused() {
    #expect(throws: ReplayError.self) { try cells(["pf"], options: ["beam.width=8"]) }
    #expect(throws: ReplayError.self) { try cells(["majority"], options: ["width=8"]) }
  }

  @Test func mergePrefixesIsAnOptionOfAll() throws {
    #expect(try cells(["pf"]).map(\.mergesPrefixes) == [true])
    #expect(try cells(["pf"], options: ["mergePrefixes=false"]).map(\.mergesPrefixes) == [false])
    #expect(throws: ReplayError.self) { try cells(["pf"], options: ["mergePrefixes=perhaps"]) }
  }

  @Test func methodsWithoutScoresHaveOneCell() throws {
    let cells = try cells(["majority", "bon"]) { $0.aggregations = ["last", "min"] }
    #expect(cells.map { $0.row(budget: 1, scorer: "prm").aggregate } == [nil, "last", "min"])
  }

  @Test func refusesWhatDoesNotExist() {
    #expect(throws: StudyError.self) { try cells(["pf"]) { $0.aggregations = ["lst"] } }
    #expect(throws: ReplayError.self) { try cells(["majority"]) { $0.preset = "pis" } }
    #expect(throws: ReplayError.self) { try cells(["pf"]) { $0.continuation = "mached" } }
    #expect(throws: StudyError.self) { try cells(["pf"]) { $0.recordings = ["q"] } }
  }

  @Test(
    arguments: [("a=1", nil, "a", "1"), ("pf.a=b=c", "pf", "a", "b=c"), ("a=", nil, "a", "")]
      as [(String, String?, String, String)])
  func readsOptions(text: String, method: String?, key: String, value: String) {
    #expect(ReplayRequest.Option(parsing: text) == ReplayRequest.Option(method: method, key: key, value: value))
  }

  @Test(arguments: ["a", "=1", ".a=1", "pf.=1"])
  func refusesWhatIsNoOption(text: String) {
    #expect(ReplayRequest.Option(parsing: text) == nil)
  }
}
