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

  @Test func aTemplateIsATextOrAFile() throws {
    let folder = try WorkFolder()
    let path = try folder.write("template.txt", "{problem} and {prefix}")
    #expect(try BatchFile.template("@" + path) == "{problem} and {prefix}")
    #expect(try BatchFile.template("as it is") == "as it is")
    #expect(throws: UnacceptableData.self) { try BatchFile.template("@" + folder["none.txt"]) }
  }
}
