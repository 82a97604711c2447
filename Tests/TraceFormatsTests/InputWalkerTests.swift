import Foundation
import Testing
import Traces

@testable import TraceFormats

@Suite struct InputWalkerTests {
  @Test func walksFoldersInTheOrderOfTheirNames() throws {
    let folder = try TemporaryFolder()
    for name in ["b/record_10.jsonl", "b/record_2.jsonl.gz", "a.pkl", "notes.txt", ".hidden.jsonl", "c/d/e.json.zst"] {
      _ = try folder.write(name, "x")
    }
    let found = try InputWalker.files(behind: [folder.path]).map { $0.name.dropFirst(folder.path.count + 1) }
    #expect(found == ["a.pkl", "b/record_2.jsonl.gz", "b/record_10.jsonl", "c/d/e.json.zst"])
  }

  /// The paper's repository writes each pickle once more. Bug: its output folder was counted twice.
  @Test func leavesOutIntermediateCopies() throws {
    let folder = try TemporaryFolder()
    for name in [
      "a.pkl", "intermediate/a_intermediate.pkl", "intermediate/b_intermediate.pkl.gz", "c_intermediate.pkl",
    ] {
      _ = try folder.write(name, "x")
    }
    func names(_ paths: [String]) -> [String] { paths.map { String($0.dropFirst(folder.path.count + 1)) } }
    let found = try InputWalker.search([folder.path])
    #expect(names(found.files.map(\.name)) == ["a.pkl", "c_intermediate.pkl", "intermediate/b_intermediate.pkl.gz"])
    #expect(names(found.leftOut) == ["intermediate/a_intermediate.pkl"])
    let named = folder.path + "/intermediate/a_intermediate.pkl"
    #expect(try InputWalker.search([named]).files.map(\.name) == [named])
  }

  /// Bug: a link that leads nowhere vanished without a word.
  @Test func leavesOutLinksThatLeadNowhere() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("a.jsonl", "x")
    for (name, target) in [("b.jsonl", folder.path + "/none"), ("c.jsonl", "c.jsonl")] {
      try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
    }
    let found = try InputWalker.search([folder.path])
    #expect(found.files.map(\.name) == [folder.path + "/a.jsonl"])
    #expect(found.leftOut == [folder.path + "/b.jsonl", folder.path + "/c.jsonl"])
  }

  @Test func endsInLoopsOfLinks() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("a/x.jsonl", "x")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/a/up", withDestinationPath: folder.path)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/self", withDestinationPath: folder.path + "/self")
    #expect(try InputWalker.files(behind: [folder.path]).count == 1)
    let refusal = #expect(throws: UnacceptableData.self) { try InputWalker.files(behind: [folder.path + "/self"]) }
    #expect(refusal?.found == "a loop of symbolic links")
  }

  @Test func refusesFoldersWithoutData() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("notes.txt", "x")
    let refusal = #expect(throws: UnacceptableData.self) { try InputWalker.files(behind: [folder.path]) }
    #expect(refusal?.file == folder.path)
    #expect(throws: UnacceptableData.self) { try InputWalker.files(behind: [folder.path + "/none"]) }
  }

  @Test func keepsFilesAndStandardInputAsNamed() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("notes.txt", "x")
    let found = try InputWalker.files(behind: ["-", file])
    #expect(found.map(\.name) == ["-", file])
    #expect(found[0].origin == .standardInput)
  }

  @Test(arguments: [
    ("a/math500.jsonl.gz", "math500"), ("rollouts-t0.8.jsonl.zst", "rollouts-t0.8"), ("x.pkl", "x"), ("-", "stdin"),
    ("plain", "plain"), (".jsonl", ".jsonl"),
  ])
  func namesRecordingsAfterTheStem(_ path: String, _ stem: String) {
    #expect(InputFile(path).stem == stem)
  }
}
