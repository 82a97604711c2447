import Traces

/// A particle as the paper's repository pickles it.
struct PISParticle {
  var trajectory: [String]
  var rewards: [Double]
  var isActive: Bool
  var temperature: Double?
}

/// Finds the particles in nested lists: iterations of particles, or with one level more the steps of an iteration.
struct PISParticles {
  private let reader: PickleReader
  private static let deepestLevel = 4

  init(_ reader: PickleReader) { self.reader = reader }

  /// Calls a function with each particle in order.
  ///
  /// - Throws: `UnacceptableData` with a path such as `[0][3].rewards`.
  func forEach(_ value: PickleValue, level: Int = 0, _ body: (PISParticle) throws -> Void) throws {
    if case .particle(let index) = value { return try body(particle(reader.mappings[index])) }
    guard let items = reader.items(of: value), level < Self.deepestLevel else {
      throw UnacceptableData(found: value.kind, expected: level == 0 ? "lists of particles" : "a Particle")
    }
    for (index, item) in items.enumerated() {
      try UnacceptableData.under("[\(index)]") { try forEach(item, level: level + 1, body) }
    }
  }

  private func particle(_ attributes: [PickleValue: PickleValue]) throws -> PISParticle {
    guard let texts = attributes[.string("trajectory")].flatMap(reader.items) else {
      throw UnacceptableData.missing("trajectory", expected: "a list of texts")
    }
    let trajectory = try texts.enumerated().map { index, text in
      guard case .string(let step) = text else {
        throw UnacceptableData(field: "trajectory[\(index)]", found: text.kind, expected: "a text")
      }
      return step
    }
    let rewards = try rewards(attributes[.string("rewards")])
    guard rewards.count == trajectory.count else {
      throw UnacceptableData(
        field: "rewards", found: rewards.count.counted("reward"),
        expected: "one a step of trajectory: \(trajectory.count)")
    }
    try checkSteps(attributes[.string("steps")], count: trajectory.count)
    return PISParticle(
      trajectory: trajectory, rewards: rewards, isActive: try isActive(attributes[.string("active")]),
      temperature: try temperature(attributes[.string("temperature")]))
  }

  private func checkSteps(_ value: PickleValue?, count: Int) throws {
    guard let value else { throw UnacceptableData.missing("steps", expected: "the number of steps") }
    let written = number(value)
    guard written != Double(count) else { return }
    let shown = written.map { Int(exactly: $0).map { "\($0)" } ?? "\($0)" } ?? value.kind
    throw UnacceptableData(field: "steps", found: shown, expected: "\(count), as many as the trajectory has")
  }

  private func isActive(_ value: PickleValue?) throws -> Bool {
    guard let value else { throw UnacceptableData.missing("active", expected: "True or False") }
    guard case .boolean(let isActive) = value else {
      throw UnacceptableData(field: "active", found: value.kind, expected: "True or False")
    }
    return isActive
  }

  /// The temperature, where the particle has one.
  private func temperature(_ value: PickleValue?) throws -> Double? {
    guard let value, value != PickleValue.none else { return nil }
    guard let temperature = number(value), temperature >= 0, temperature.isFinite else {
      throw UnacceptableData(
        field: "temperature", found: number(value).map { "\($0)" } ?? value.kind, expected: "a temperature, 0 or more")
    }
    return temperature
  }

  private func rewards(_ value: PickleValue?) throws -> [Double] {
    if case .array(let index)? = value { return reader.arrays[index] }
    guard let items = value.flatMap(reader.items) else {
      throw UnacceptableData.missing("rewards", expected: "a list of numbers")
    }
    return try items.enumerated().map { index, item in
      guard let reward = number(item) else {
        throw UnacceptableData(field: "rewards[\(index)]", found: item.kind, expected: "a number")
      }
      return reward
    }
  }

  private func number(_ value: PickleValue) -> Double? {
    switch value {
    case .double(let number): number
    case .integer(let number): Double(exactly: number)
    case .array(let index): reader.arrays[index].count == 1 ? reader.arrays[index][0] : nil
    default: nil
    }
  }
}

/// The name of a pickle, from which its problem is found.
///
/// The repository names files `unique_id.replace("/", "_").strip(".json")`, which strips the characters `. j s o n` from
/// both ends, not the ending.
struct PISFileName {
  private let path: String
  /// The problem's id as it stands in the name.
  let stem: String

  init(_ path: String) {
    self.path = path
    var stem = InputFile(path).stem
    if stem.hasSuffix("_intermediate") { stem.removeLast("_intermediate".count) }
    self.stem = stem
  }

  /// A problem's id as the repository turns it into a file's name.
  static func mangled(_ key: String) -> String {
    // By bytes: Python counts a combining accent as a character of its own.
    let name = key.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
    func isStripped(_ byte: UInt8) -> Bool { ".json".utf8.contains(byte) }
    guard let first = name.firstIndex(where: { !isStripped($0) }),
      let last = name.lastIndex(where: { !isStripped($0) })
    else { return "" }
    return String(decoding: name[first...last], as: UTF8.self)
  }

  /// The one problem that has this file's name, in the user's table, else in the store.
  ///
  /// - Throws: `UnacceptableData` without a table, and for no or several such problems.
  func problem(in options: ReadingOptions) throws -> Problem {
    let tables = [options.problems, options.storedProblems].compactMap { $0 }.filter { !$0.problems.isEmpty }
    guard !tables.isEmpty else {
      throw UnacceptableData(
        file: path, found: "particles without their problem", expected: "the problems beside the pickles",
        remedy: "give a JSONL with unique_id, problem and answer by --problems FILE")
    }
    let matches = tables.map { $0.problems(ofFileName: stem) }.first { !$0.isEmpty } ?? []
    guard let problem = matches.first, matches.count == 1 else {
      throw UnacceptableData(
        file: path,
        found: "\(matches.count.counted("problem")) in --problems and the store whose id becomes the file name \(stem)",
        expected: "exactly one",
        remedy: "a pickle is named after unique_id.replace(\"/\", \"_\").strip(\".json\"): "
          + (matches.isEmpty
            ? "give its problem by --problems FILE, or rename the pickle" : "rename the pickle or the ids"))
    }
    return problem
  }
}
