/// One option of a method: its name, what it takes, what it is unless set, and what it does.
public struct MethodOption: Hashable, Sendable {
  /// What values an option takes.
  public enum Kind: Hashable, Sendable {
    /// `true` or `false`.
    case flag
    /// A whole number in a range.
    case whole(ClosedRange<Int>)
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// One of some words.
    case choice([String])
    /// A word, or a word with numbers in parentheses: `always`, `adaptive(0.5)`.
    case call([CallForm])
  }

  /// A word and the numbers that follow it in parentheses.
  public struct CallForm: Hashable, Sendable {
    /// The word.
    public var name: String
    /// The numbers, in order; empty for a bare word.
    public var arguments: [Argument]

    /// Creates a form.
    public init(_ name: String, _ arguments: Argument...) {
      self.name = name
      self.arguments = arguments
    }

    /// The form as documentation writes it: `adaptive(c)`.
    public var text: String {
      arguments.isEmpty ? name : name + "(" + arguments.map(\.name).joined(separator: ",") + ")"
    }

    /// Whether a call is of this form.
    func takes(_ call: OptionCall) -> Bool {
      name == call.name && arguments.count == call.arguments.count
        && zip(arguments, call.arguments).allSatisfy { $0.takes($1) }
    }
  }

  /// A number in parentheses.
  public struct Argument: Hashable, Sendable {
    /// The name.
    public var name: String
    /// What values it takes.
    public var range: ClosedRange<Double>
    /// Whether it takes whole numbers only.
    public var isWhole: Bool

    /// Creates an argument.
    public init(_ name: String, _ range: ClosedRange<Double>, isWhole: Bool = false) {
      self.name = name
      self.range = range
      self.isWhole = isWhole
    }

    func takes(_ value: Double) -> Bool { range.contains(value) && (!isWhole || value == value.rounded()) }

    /// What it takes, in words.
    var expectation: String {
      let numbers = "\(range.lowerBound) to \(range.upperBound)"
      return name + (isWhole ? ": a whole number, " : ": a number, ") + numbers
    }
  }

  /// With which presets an option exists.
  public enum Availability: Hashable, Sendable {
    /// With every preset and without one.
    case always
    /// Only without a preset: the presets have rules of their own.
    case withoutPreset
    /// With and without presets, but for some.
    case exceptPresets([String])
    /// Only with some presets.
    case presets([String])

    /// Where it exists, in words that follow "only".
    var text: String {
      switch self {
      case .always: "everywhere"
      case .withoutPreset: "without a preset"
      case .exceptPresets(let names): "without \(names.count == 1 ? "it" : "preset \(Self.quoted(names))")"
      case .presets(let names): "with preset \(Self.quoted(names))"
      }
    }

    private static func quoted(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: " or ") }

    func includes(_ preset: String?) -> Bool {
      switch self {
      case .always: true
      case .withoutPreset: preset == nil
      case .exceptPresets(let names): preset.map { !names.contains($0) } ?? true
      case .presets(let names): preset.map { names.contains($0) } ?? false
      }
    }
  }

  /// The name, as `--set name=value` takes it.
  public var name: String
  /// What it takes.
  public var kind: Kind
  /// The value unless set.
  public var standard: String
  /// What it does, in one sentence.
  public var explanation: String
  /// With which presets it exists.
  public var availability: Availability

  /// Creates an option.
  public init(
    _ name: String, _ kind: Kind, standard: String, _ explanation: String, availability: Availability = .always
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.explanation = explanation
    self.availability = availability
  }

  /// The same option with other limits of availability.
  func available(_ availability: Availability) -> MethodOption {
    var copy = self
    copy.availability = availability
    return copy
  }

  /// What the option takes, in words.
  public var expectation: String {
    switch kind {
    case .flag: "true or false"
    case .whole(let range): "a whole number, \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "a number, \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .call(let forms):
      (["one of " + forms.map(\.text).joined(separator: ", ")]
        + forms.flatMap { $0.arguments.map(\.expectation) }).joined(separator: "; ")
    }
  }

  /// The words that it takes, as documentation writes them; none for numbers.
  var words: [String] {
    switch kind {
    case .flag: ["true", "false"]
    case .whole, .number: []
    case .choice(let words): words
    case .call(let forms): forms.map(\.text)
    }
  }

  /// The word of these that a mistyped value probably is; a value whose word is right gets none.
  func mistakenWords(_ value: String) -> [String] {
    let word = String(value.prefix { $0 != "(" })
    return words.contains { $0.prefix { $0 != "(" } == word } ? [] : words
  }

  /// The value in its canonical spelling; `nil` where the option does not take it.
  func canonical(_ value: String) -> String? {
    switch kind {
    case .flag: return Bool(value).map { String($0) }
    case .whole(let range): return Int(value).flatMap { range.contains($0) ? String($0) : nil }
    case .number(let range): return Double(value).flatMap { range.contains($0) ? String($0) : nil }
    case .choice(let words): return words.contains(value) ? value : nil
    case .call(let forms):
      guard let call = OptionCall(value) else { return nil }
      return forms.contains { $0.takes(call) } ? call.text : nil
    }
  }
}

/// A parsed word with numbers, e.g. `adaptive(0.5)`.
struct OptionCall: Hashable, Sendable {
  var name: String
  var arguments: [Double]

  init?(_ text: String) {
    guard let open = text.firstIndex(of: "(") else {
      guard !text.isEmpty, !text.contains(")") else { return nil }
      name = text
      arguments = []
      return
    }
    guard text.last == ")" else { return nil }
    name = String(text[..<open])
    arguments = []
    for part in text[text.index(after: open)...].dropLast().split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Double(part.filter { $0 != " " }), number.isFinite else { return nil }
      arguments.append(number)
    }
  }

  var text: String {
    arguments.isEmpty ? name : name + "(" + arguments.map { String($0) }.joined(separator: ",") + ")"
  }
}
