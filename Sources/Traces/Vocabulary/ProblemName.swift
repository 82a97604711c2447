/// The name that a file gives a problem.
public struct ProblemName: Hashable, Sendable {
  /// The name.
  public var key: String
  /// Whether the name stands for one that the file does not give: it is a number within the file, or made from the
  /// statement. The problem is known by its statement then, and takes the name that another file has for it.
  public var isProvisional: Bool
  /// A longer name, for the case that other files have the same number for other problems.
  public var qualified: String?

  /// The problem's own name.
  public init(_ key: String) {
    self.key = key
    isProvisional = false
  }

  /// A number that counts within a file or a folder.
  public init(provisional key: String, qualified: String? = nil) {
    self.key = key
    self.qualified = qualified
    isProvisional = true
  }

  /// A name for a problem of which only the statement is known: `statement-` and 16 hexadecimal digits.
  public init(statement: String) { self.init(provisional: Self.made(of: [statement])) }

  /// The name where it is provisional.
  public var provisional: ProblemName? { isProvisional ? self : nil }

  /// The order in which several names of one problem count: the shortest first, of equal lengths the first in order of
  /// bytes.
  public static func precedes(_ left: String, _ right: String) -> Bool {
    (left.utf8.count, ExactText(left)) < (right.utf8.count, ExactText(right))
  }

  /// Whether a key is one that is made from a statement.
  public static func isMade(_ key: String) -> Bool { key.hasPrefix(prefix) }

  /// A key made from a statement, and from what else tells a problem from others.
  public static func made(of parts: [String]) -> String {
    var hash = StableHash()
    for part in parts { hash.combine(part) }
    let digits = String(hash.value, radix: 16)
    return prefix + String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static let prefix = "statement-"
}

extension Problem {
  /// The statement without white space at its ends: what two files must agree on to mean one problem.
  public static func normal(_ statement: String) -> String {
    let scalars = statement.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Whether two statements are the same but for white space at their ends.
  public static func areSameStatements(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return one.isSameText(as: other) || normal(one).isSameText(as: normal(other))
  }
}
