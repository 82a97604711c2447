import Testing
import Traces

@testable import TraceFormats

@Suite struct PISParticleTests {
  private func record(_ particles: [PickledValue], trailing: [UInt8] = []) throws -> TraceRecord? {
    let folder = try TemporaryFolder()
    let path = try folder.write("p.pkl", PickledValue.list([.list(particles)]).pickle + trailing)
    var problems = ProblemTable()
    problems.add(Problem(key: "p", answer: "1"))
    return try read(path, ReadingOptions(problems: problems)).records.first
  }

  private func refusal(of particle: PickledValue, trailing: [UInt8] = []) -> UnacceptableData? {
    do {
      _ = try record([particle], trailing: trailing)
      return nil
    } catch {
      return error as? UnacceptableData
    }
  }

  /// Bug: a particle that was over vanished where another went on from its last step.
  @Test(arguments: [false, true])
  func keepsParticlesThatEndWhereOthersGoOn(_ comesFirst: Bool) throws {
    let short = PickledValue.particle(["A", "B"], [0.5, 0.25])
    let long = PickledValue.particle(["A", "B", "C"], [0.5, 0.25, 0.125])
    let rollouts = try #require(try record(comesFirst ? [short, long] : [long, short])).rollouts
    #expect(rollouts.map { $0.steps(delimiter: "\n\n") } == [["A", "B", "C"], ["B"]])
    #expect(rollouts.map(\.parent) == [nil, RolloutRecord.Parent(rollout: 0, step: 1)])
    #expect(rollouts.map(\.finish) == [.stop, .stop])
    #expect(rollouts.map(\.scores) == [[[0.5, 0.25, 0.125]], [[0.25]]])
    let first = try #require(try record([.particle(["A"], [0.5]), .particle(["A", "B"], [0.5, 1])])).rollouts
    #expect(first.map { $0.steps(delimiter: "\n\n") } == [["A", "B"], ["A"]])
    #expect(first.map(\.parent) == [nil, nil])
  }

  /// Bug: a scale was suggested for rewards that no scale has, and the protocol of a later Python was called 0 or 1.
  @Test func saysWhatIsWrongWithRewardsAndProtocols() throws {
    let high = refusal(of: .particle(["A"], [1.5]))
    #expect(high?.remedy?.contains("--scale") ?? false)
    let notANumber = refusal(of: .particle(["A"], [.nan]))
    #expect(notANumber?.remedy?.contains("--scale") == false)
    let folder = try TemporaryFolder()
    for version: UInt8 in [6, 255] {
      let path = try folder.write("p\(version).pkl", [0x80, version, 0x5d, 0x2e])
      let found = #expect(throws: UnacceptableData.self) { try read(path) }
      #expect(found?.found == "a pickle of protocol \(version)")
    }
  }

  @Test func activePrefixesMerge() throws {
    let rollouts = try #require(
      try record([
        .particle([], [], isActive: true), .particle(["A"], [0.5], isActive: true), .particle(["A", "B"], [0.5, 1]),
      ])
    ).rollouts
    #expect(rollouts.map { $0.steps(delimiter: "\n\n") } == [["A", "B"]])
  }

  /// Bug: steps that are only equivalent merged, so one of the texts was lost.
  @Test func keepsTextsByTheirBytes() throws {
    let rollouts = try #require(
      try record([.particle(["\u{e9}", "x"], [0.5, 1]), .particle(["e\u{301}", "y"], [0.5, 1])])
    ).rollouts
    #expect(rollouts.map { Array($0.text.utf8) } == ["\u{e9}\n\nx", "e\u{301}\n\ny"].map { Array($0.utf8) })
  }

  @Test func takesTheTemperatureThatAllParticlesShare() throws {
    let cold = PickledValue.particle(["A"], [0.5], ["temperature": .float(0.5)])
    #expect(try record([cold])?.recording?.temperature == 0.5)
    #expect(try record([cold, .particle(["B"], [0.5])])?.recording?.temperature == nil)
    #expect(try record([.particle(["B"], [0.5], ["temperature": .none])])?.recording?.temperature == nil)
    #expect(refusal(of: .particle(["B"], [0.5], ["temperature": .float(-1)]))?.field == "[0][0].temperature")
  }

  @Test func readsNumpyScalarsAsPlainValues() throws {
    let one: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0]
    let particle = PickledValue.particle(
      ["A"], [0.5],
      [
        "steps": .numpy("i8", one), "active": .numpy("b1", [0]), "temperature": .numpy("f4", [0, 0, 0, 0x3f]),
        "trajectory": .list([
          .numpy("<U2", Array("é".unicodeScalars.flatMap { [UInt8($0.value), 0, 0, 0] }) + [0, 0, 0, 0])
        ]),
      ])
    let record = try #require(try record([particle]))
    #expect(record.rollouts.map(\.text) == ["é"])
    #expect(record.rollouts.map(\.finish) == [.stop])
    #expect(record.recording?.temperature == 0.5)
    #expect(
      try self.record([.particle(["A"], [1]), .particle([], [], isActive: true, ["rewards": .emptyArray])]) != nil)
  }

  @Test(arguments: [
    ("steps", PickledValue.int(3), "3"), ("steps", .text("1"), "a string"), ("active", .none, "None"),
    ("rewards", .list([]), "0 rewards"), ("trajectory", .text("A"), "no such key"),
  ])
  func saysWhatItFound(_ attribute: String, _ value: PickledValue, _ found: String) {
    let refused = refusal(of: .particle(["A"], [0.5], [attribute: value]))
    #expect(refused?.field == "[0][0].\(attribute)")
    #expect(refused?.found == found)
  }

  @Test func refusesParticlesThatAreOverWithoutAStep() {
    #expect(refusal(of: .particle([], []))?.field == "[0][0].trajectory")
  }

  /// Bug: what follows the first pickle of a file was left out silently.
  @Test func refusesBytesAfterThePickle() {
    let particle = PickledValue.particle(["A"], [0.5])
    #expect(refusal(of: particle) == nil)
    #expect(refusal(of: particle, trailing: [0x0a])?.found == "1 more byte after the pickle's end")
    let second = PickledValue.list([]).pickle
    #expect(refusal(of: particle, trailing: second)?.found == "\(second.count) more bytes after the pickle's end")
  }
}
