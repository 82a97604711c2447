import Foundation
import Traces

/// The budgets of a study: ascending, each once.
public struct BudgetList: Hashable, Sendable {
  /// The budgets, ascending.
  public let values: [Int]

  /// Budgets from numbers in any order.
  public init(_ values: [Int]) {
    self.values = Set(values).sorted()
  }

  /// Reads `1...64` (the powers of two from 1 to 64), `4`, `1,2,3`, or parts of both: `1...8,12`.
  ///
  /// - Throws: `StudyError.badBudgets` for anything else.
  public init(parsing text: String) throws(StudyError) {
    var values: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let budgets = Self.budgets(in: part) else { throw .badBudgets(text) }
      values += budgets
    }
    guard !values.isEmpty else { throw .badBudgets(text) }
    self.init(values)
  }

  /// The largest budget that is accepted: beyond it no record reaches.
  static let limit = 1 << 20

  private static func budgets(in part: Substring) -> [Int]? {
    let part = part.trimmingCharacters(in: .whitespaces)
    if let budget = Int(part) { return (1...limit).contains(budget) ? [budget] : nil }
    guard let dots = part.range(of: "..."),
      let low = Int(part[..<dots.lowerBound].trimmingCharacters(in: .whitespaces)),
      let high = Int(part[dots.upperBound...].trimmingCharacters(in: .whitespaces)),
      1 <= low, low <= high, high <= limit
    else { return nil }
    return (0...20).map { 1 << $0 }.filter { (low...high).contains($0) }
  }
}
