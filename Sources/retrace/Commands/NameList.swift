import ArgumentParser
import Foundation
import Studies

/// Lists on the command line.
enum NameList {
  /// The names of a comma-separated list; none without one.
  static func names(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// Checks that a list which was given names something.
  ///
  /// - Throws: `ValidationError` for a list without names or with an empty place.
  static func check(_ text: String?, option: String, example: String) throws {
    guard let text else { return }
    let places = text.split(separator: ",", omittingEmptySubsequences: false)
    if places.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
      throw ValidationError("\(option) \"\(text)\": expected names between commas, e.g. \(option) \(example)")
    }
  }

  /// The budgets of a list.
  ///
  /// - Throws: `ValidationError` for anything else.
  static func budgets(_ text: String) throws -> BudgetList {
    do { return try BudgetList(parsing: text) } catch { throw ValidationError(error.localizedDescription) }
  }
}
