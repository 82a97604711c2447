import Foundation
import Testing

@testable import Replay

@Suite struct DocumentationTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs/methods")

  @Test(arguments: MethodRegistry.names) func everyMethodHasAPageWithItsOptionsAndPresets(name: String) throws {
    let method = try MethodRegistry.descriptor(named: name)
    let page = try String(contentsOf: Self.folder.appending(path: name + ".md"), encoding: .utf8)
    #expect(page.contains("# `\(name)`"))
    for option in method.options { #expect(page.contains("`\(option.name)`"), "\(name): \(option.name)") }
    for preset in method.presets {
      #expect(page.contains("`\(preset.name)`"), "\(name): \(preset.name)")
      #expect(page.contains(preset.version), "\(name): \(preset.version)")
    }
    let overview = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    #expect(overview.contains("(\(name).md)"))
  }

  @Test func everyPolicyIsExplained() throws {
    let overview = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    for policy in ContinuationPolicy.names { #expect(overview.contains("`\(policy)`")) }
  }
}
