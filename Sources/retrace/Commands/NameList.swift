import ArgumentParser
import Foundation
import Studies

/// Lists on the command line.
enum NameList {
  /// The names of a comma-separated list; none without one.
  static func names(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The budgets of a list.
  ///
  /// - Throws: `ValidationError` for anything else.
  static func budgets(_ text: String) throws -> BudgetList {
    do { return try BudgetList(parsing: text) } catch { throw ValidationError(error.localizedDescription) }
  }
}
