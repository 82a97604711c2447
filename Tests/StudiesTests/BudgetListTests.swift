import Testing

@testable import Studies

@Suite struct BudgetListTests {
  @Test(arguments: [
    ("1...64", [1, 2, 4, 8, 16, 32, 64]),
    ("4...32", [4, 8, 16, 32]),
    ("3...9", [4, 8]),
    ("1,2,3", [1, 2, 3]),
    ("8,2,8", [2, 8]),
    ("1...4,12", [1, 2, 4, 12]),
    ("16", [16]),
  ])
  func reads(text: String, values: [Int]) throws {
    #expect(try BudgetList(parsing: text).values == values)
  }

  @Test(arguments: ["", "0", "-1", "a", "4...1", "1..8", "1,,2", "3...3", "1...99999999", "1.5"])
  func refuses(text: String) {
    #expect(throws: StudyError.badBudgets(text)) { try BudgetList(parsing: text) }
  }
}
