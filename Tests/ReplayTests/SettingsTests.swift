import Testing
import Traces

@testable import Replay

@Suite struct SettingsTests {
  private func message(_ make: () throws(ReplayError) -> MethodCell) -> String? {
    do {
      _ = try make()
      return nil
    } catch {
      return error.errorDescription
    }
  }

  @Test func unknownNamesGetTheNearestRightOne() {
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "beem") }?.hasPrefix(
        "there is no method 'beem' (did you mean 'beam'?)") == true)
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "pf", options: ["resampleing": "ssp"]) }?.hasPrefix(
        "pf has no option 'resampleing' (did you mean 'resampling'?)") == true)
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "pf", options: ["resampling": "systemic"]) }?.contains(
        "expected one of systematic, multinomial") == true)
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "pf", options: ["width": "4"]) }?.contains(
        "pf has no option 'width'") == true)
    #expect(
      message { () throws(ReplayError) in try MethodCell(method: "dvts", preset: "pis") }?.contains(
        "preset 'pis' does not define dvts") == true)
    #expect(
      message { () throws(ReplayError) in
        let policy = try ContinuationPolicy(name: "strickt")
        return try MethodCell(method: "pf", continuation: policy)
      }?.contains("did you mean 'strict'") == true)
  }

  @Test(arguments: MethodRegistry.methods.map(\.name)) func everyStandardValueIsTakenByItsOption(name: String) throws {
    let method = try MethodRegistry.descriptor(named: name)
    for option in method.options {
      #expect(option.canonical(option.standard) != nil, "\(name) \(option.name)")
      #expect(!option.explanation.isEmpty)
    }
    #expect(Set(method.options.map(\.name)).count == method.options.count)
    for preset in method.presets {
      _ = try MethodCell(method: name, preset: preset.name)
      for (option, value) in preset.values {
        let declared = method.options.first { $0.name == option }
        #expect(declared?.canonical(value) != nil, "\(name) \(preset.name) \(option)")
      }
    }
  }

  @Test func valuesAreCanonical() throws {
    let short = try MethodCell(method: "pf", options: ["trigger": "adaptive(0.50)", "temperature": "1.0"])
    let long = try MethodCell(method: "pf", options: ["trigger": "adaptive( .5)", "temperature": "1"])
    #expect(short.canonicalText == long.canonicalText)
  }
}
