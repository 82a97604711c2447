import Foundation
import Replay
import SimulatedModels
import Traces

/// What the command line asks for: words choose tables, `name=value` sets numbers and narrows what is measured.
struct BenchmarkOptions {
  private let words: Set<String>
  private let values: [String: String]

  init(_ arguments: some Sequence<String>) {
    var words: Set<String> = []
    var values: [String: String] = [:]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) } else { words.insert(argument) }
    }
    self.words = words
    self.values = values
  }

  func asks(for word: String) -> Bool { words.contains(word) }

  func text(_ name: String) -> String? { values[name] }

  func number(_ name: String, otherwise standard: Int) -> Int { values[name].flatMap { Int($0) } ?? standard }

  func list(_ name: String) -> [String]? { values[name]?.split(separator: ",").map(String.init) }

  func budgets(otherwise standard: [Int]) -> [Int] { list("budgets")?.compactMap { Int($0) } ?? standard }

  /// The cells to measure: all methods with all aggregations named.
  func cases(methods: [OnlineSearch], aggregations: [Aggregation]) -> [(OnlineSearch, Aggregation)] {
    let methods = list("methods")?.compactMap { OnlineSearch(rawValue: $0) } ?? methods
    let aggregations = list("aggregate")?.compactMap { Aggregation(name: $0) } ?? aggregations
    return methods.flatMap { method in aggregations.map { (method, $0) } }
  }

  /// Whether a model of this name is asked for; all are where none is named.
  func wants(model name: String) -> Bool {
    guard let wanted = text("models")?.split(separator: ";") else { return true }
    return wanted.contains { name.hasPrefix($0) }
  }
}
