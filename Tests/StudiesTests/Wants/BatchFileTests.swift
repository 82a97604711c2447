import Foundation
import Studies
import Testing
import Traces

@Suite struct BatchFileTests {
  @Test func aBatchIsWrittenWholeOrNotAtAll() throws {
    let folder = try WorkFolder()
    _ = try folder.write("batch.jsonl", "before")
    try BatchFile.write("{}\n", to: folder["batch.jsonl"])
    #expect(try folder.read("batch.jsonl") == "{}\n")
    #expect(throws: OutputFailure.self) { try BatchFile.write("{}\n", to: folder["none/batch.jsonl"]) }
    #expect(throws: OutputFailure.self) { try BatchFile.write("{}\n", to: folder.path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["batch.jsonl"])
  }

  @Test func aTemplateWithoutItsPlacesIsRefused() throws {
    let folder = try WorkFolder()
    let path = try folder.write("template.txt", "{prolem}\n{prefix}")
    let slip = #expect(throws: UnacceptableData.self) { try BatchFile.template("@" + path, isChat: false) }
    #expect(slip?.file == path && slip?.found == "{prolem}" && slip?.remedy == "the nearest is {problem}")
    for isChat in [false, true] {
      let empty = #expect(throws: UnacceptableData.self) { try BatchFile.template("{prefix}", isChat: isChat) }
      #expect(empty?.expected.hasPrefix("{problem}") == true)
    }
    #expect(throws: UnacceptableData.self) { try BatchFile.template("{problem}", isChat: false) }
  }

  @Test func aTemplateIsATextOrAFile() throws {
    let folder = try WorkFolder()
    let path = try folder.write("template.txt", "{problem} and {prefix}")
    #expect(try BatchFile.template("@" + path, isChat: false) == PromptTemplate("{problem} and {prefix}"))
    #expect(try BatchFile.template("as it is: {problem}", isChat: true) == PromptTemplate("as it is: {problem}"))
    #expect(throws: UnacceptableData.self) { try BatchFile.template("@" + folder["none.txt"], isChat: false) }
  }
}
