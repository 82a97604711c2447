import Foundation
import Replay

/// One side of a comparison: a method with settings in one word.
///
/// `METHOD[:AGGREGATE][@SCORER][,key=value...]`, e.g. `pf`, `pf:model`, `pf:last@scorerA`,
/// `pf:last,resampling=multinomial,preset=pis`. A key is one of the method's options, or `preset`, `recording`,
/// `continuation` or `mergePrefixes`. Commas inside parentheses belong to a value: `annealing=linear(2,1,10)`.
public struct MethodChoice: Hashable, Sendable {
  /// The choice as given.
  public let text: String
  /// The method's name.
  public let method: String
  /// The aggregation's name; `nil` for the shared one.
  public private(set) var aggregate: String?
  /// The reward model; `nil` for the shared one.
  public private(set) var scorer: String?
  /// The method's options and the other keys, in the order given.
  public private(set) var settings: [ReplayRequest.Option] = []

  /// Reads a choice; names are not looked up.
  ///
  /// - Throws: `ComparisonError.badChoice` for a text of another form, or a key that is given twice.
  public init(parsing text: String) throws(ComparisonError) {
    self.text = text
    let parts = Self.parts(of: text)
    let head = parts.first ?? ""
    let names = head.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let rule = (names.first ?? "").split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    method = rule.first.map(String.init) ?? ""
    aggregate = rule.count > 1 ? String(rule[1]) : nil
    scorer = names.count > 1 ? names[1] : nil
    guard !method.isEmpty, aggregate != "", scorer != "" else { throw .badChoice(text, part: head) }
    for part in parts.dropFirst() {
      guard let setting = ReplayRequest.Option(parsing: part), setting.method == nil else {
        throw .badChoice(text, part: part)
      }
      guard self[setting.key] == nil else { throw .repeatedKey(text, key: setting.key) }
      settings.append(setting)
    }
  }

  /// The value of a key; `nil` where it is not set.
  public subscript(key: String) -> String? { settings.first { $0.key == key }?.value }

  /// The text cut at commas that no parentheses enclose.
  private static func parts(of text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
