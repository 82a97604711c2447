/// The canonical form of an answer: what it is equal to, as a class key.
///
/// Equality and hash value are those of the key, so forms can be members of sets and keys of dictionaries.
public struct CanonicalForm: Hashable, Sendable {
  /// How the form was found.
  public enum Status: Hashable, Sendable {
    /// The answer was parsed, and the key stands for its value.
    case parsed
    /// The answer is compared as a normalised string, for the reason given.
    case fallback(FallbackReason)
  }

  /// Why an answer is compared as a string.
  public enum FallbackReason: String, Hashable, Sendable {
    /// Nothing is left after trimming.
    case empty
    /// The grammar does not cover it.
    case syntax
    /// It is longer, deeper or has more tokens than the limits allow.
    case tooLarge
    /// Its value needs more work or more digits than the budget allows, or is undefined.
    case noValue
  }

  /// How the form was found.
  public let status: Status
  /// The answer as it was given.
  public let source: String
  let classKey: ClassKey
  /// What the rules on pairs need to know; nil for plain exact numbers.
  let details: FormDetails?

  init(source: String, status: Status, key: ClassKey, details: FormDetails?) {
    self.source = source
    self.status = status
    classKey = key
    self.details = details
  }

  /// The class key: 32 hexadecimal digits, the same for equal answers and on every machine.
  public var key: String { classKey.text }

  /// The canonical form as LaTeX that parses to the same class: exact values written out, polynomials expanded, members in
  /// order. Answers that are compared as strings are printed as they were given.
  ///
  /// Computed anew at each access; equal answers mostly print the same, but need not where the equality was found by
  /// evaluation.
  public var printed: String {
    guard status == .parsed else { return source }
    var reader = AnswerReader(source, .standard)
    return reader.printed()
  }

  /// Whether the answer is compared as a normalised string.
  public var isFallback: Bool { status != .parsed }

  /// Whether both forms are in the same class.
  public static func == (left: CanonicalForm, right: CanonicalForm) -> Bool { left.classKey == right.classKey }

  /// Feeds the class key into the hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(classKey) }
}

/// The analysed answer and its text, shared by copies of a canonical form.
final class FormDetails: Sendable {
  let form: Form
  /// The key of the normalised text; nil where it has not been needed.
  let textKey: ClassKey?

  init(form: Form, textKey: ClassKey?) {
    self.form = form
    self.textKey = textKey
  }
}
