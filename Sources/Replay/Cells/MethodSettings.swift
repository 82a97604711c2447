import Traces

/// A method's options after validation: every option of the method has a value, and no other is there.
public struct MethodSettings: Hashable, Sendable {
  /// The method's name.
  public let method: String
  /// The preset whose definition applies; `nil` for the textbook rules.
  public let preset: String?
  /// The values of all options in canonical spelling.
  public let values: [String: String]
  /// The options that the user set.
  let explicit: Set<String>

  /// Resolves options against a method's declarations.
  ///
  /// - Parameters:
  ///   - descriptor: The method.
  ///   - preset: A preset's name; its values replace the standard ones.
  ///   - options: What the user set.
  ///   - continuation: The continuation policy, on which an option may depend.
  /// - Throws: `ReplayError` for an unknown option or preset, or a value that an option does not take.
  public init(
    _ descriptor: MethodDescriptor,
    preset: String? = nil,
    options: [String: String] = [:],
    continuation: ContinuationPolicy = .matched
  ) throws(ReplayError) {
    var values: [String: String] = [:]
    let available = descriptor.options.filter { $0.availability.includes(preset) }
    for option in available { values[option.name] = option.canonical(option.standard) ?? option.standard }
    if let preset {
      guard let definition = descriptor.presets.first(where: { $0.name == preset }) else {
        throw .presetNotDefined(preset: preset, method: descriptor.name, defined: descriptor.presets.map(\.name))
      }
      for (name, value) in definition.values {
        let option = available.first { $0.name == name }
        values[name] = option?.canonical(value) ?? value
      }
    }
    let fixed = descriptor.presets.first { $0.name == preset }?.values ?? [:]
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      if let preset, let published = fixed[name] {
        throw .presetFixesOption(preset: preset, method: descriptor.name, option: name, value: published)
      }
      values[name] = try Self.checked(name, value, of: descriptor, preset: preset, among: available)
    }
    if continuation != .nearest, values[MethodOption.neighbours.name] != nil {
      if options[MethodOption.neighbours.name] != nil {
        throw .noEffect(option: "donors", method: descriptor.name, because: "continuation is \(continuation.name)")
      }
      values[MethodOption.neighbours.name] = nil
    }
    method = descriptor.name
    self.preset = preset
    self.values = values
    explicit = Set(options.keys)
  }

  private static func checked(
    _ name: String,
    _ value: String,
    of descriptor: MethodDescriptor,
    preset: String?,
    among available: [MethodOption]
  ) throws(ReplayError) -> String {
    guard let option = available.first(where: { $0.name == name }) else {
      throw descriptor.lacking(name, preset: preset)
    }
    guard let canonical = option.canonical(value) else {
      throw .unacceptableValue(
        value, option: name, method: descriptor.name, expected: option.expectation, words: option.mistakenWords(value))
    }
    return canonical
  }

  /// Refuses an option that the user set and that another setting takes the effect from.
  func refuse(_ name: String, because reason: String) throws(ReplayError) {
    if explicit.contains(name) { throw .noEffect(option: name, method: method, because: reason) }
  }

  /// The options that the user set, with their values.
  var explicitValues: [String: String] { values.filter { explicit.contains($0.key) } }

  /// The value of a flag.
  func flag(_ name: String) -> Bool { values[name] == "true" }

  /// The value of a whole number.
  func whole(_ name: String) -> Int { Int(values[name] ?? "") ?? 0 }

  /// The value of a number.
  func number(_ name: String) -> Double { Double(values[name] ?? "") ?? 0 }

  /// The value of a choice.
  func word(_ name: String) -> String { values[name] ?? "" }

  /// The value of a word with numbers.
  func call(_ name: String) -> OptionCall { OptionCall(values[name] ?? "") ?? Self.noCall }

  private static let noCall = OptionCall(name: "none", arguments: [])

  /// All values in one line, sorted by name: part of the key of the run's random stream.
  var canonicalText: String {
    values.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value }.joined(separator: ";")
  }
}

extension OptionCall {
  init(name: String, arguments: [Double]) {
    self.name = name
    self.arguments = arguments
  }
}
