extension Parser {
  /// The next token may be the first of a unit.
  var startsUnit: Bool {
    guard position > 0, position < end else { return false }
    let token = tokens[position]
    switch token.kind {
    case .word: return true
    case .letter:
      // \mathrm{i} and \mathrm{e} are constants, and a run of upright letters is a name.
      if !token.flags.contains(.upright) || token.flags.contains(.bold) || token.code == 101 || token.code == 105 {
        return false
      }
      return !tokens[position - 1].flags.contains(.upright) || tokens[position - 1].kind != .letter
    default: return false
    }
  }

  /// The power of ten that "million" and its like stand for.
  var scaleWord: Int64? {
    let token = tokens[position]
    let text = bytes[Int(token.start)..<Int(token.end)]
    for (word, value) in Parser.scaleWords where text.elementsEqual(word.utf8) { return value }
    return nil
  }

  private static let scaleWords: [(String, Int64)] = [
    ("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
  ]

  /// Reads the unit words up to the end of the member; false when other tokens are in the way.
  mutating func parseUnit() throws(ParseFailure) -> Bool {
    let start = position
    var found: MeasurementUnit?
    guard scanUnit(&found) else {
      position = start
      if kind == .word { throw .words }
      return false
    }
    unit = found ?? .unknown
    return true
  }

  /// Reads unit tokens; false when the member goes on with something else.
  private mutating func scanUnit(_ unit: inout MeasurementUnit?) -> Bool {
    var state = UnitScan()
    while position < end {
      let token = tokens[position]
      switch token.kind {
      case .word: state.word(Array(bytes[Int(token.start)..<Int(token.end)]))
      case .letter:
        guard token.flags.contains(.upright) else { return false }
        state.word([UInt8(truncatingIfNeeded: token.code)])
      case .divide: state.divides = true
      case .times, .minus: break
      case .caret:
        position += 1
        guard let power = unitPower() else { return false }
        state.power(power)
        continue
      case .number:
        unit = state.unit
        return state.words > 0
      case .comma, .semicolon, .and, .or, .equals, .approximately, .period, .ratioWord:
        unit = state.unit
        return true
      default:
        guard isClosing(token.kind) else { return false }
        unit = state.unit
        return true
      }
      position += 1
    }
    unit = state.unit
    return true
  }

  private mutating func unitPower() -> Int? {
    let braced = take(.openBrace)
    let negative = take(.minus)
    guard kind == .number,
      let literal = LiteralReader.read(bytes[Int(tokens[position].start)..<Int(tokens[position].end)]),
      let value = literal.value.integer, value < 10
    else { return nil }
    position += 1
    if braced && !take(.closeBrace) { return nil }
    return negative ? -Int(value) : Int(value)
  }
}

/// Collects the factors of a unit.
private struct UnitScan {
  var words = 0
  var divides = false
  private var parts: [(name: [UInt8], power: Int)] = []
  private var pendingPower = 1
  private var known = true

  mutating func word(_ bytes: [UInt8]) {
    words += 1
    if bytes.elementsEqual("square".utf8) || bytes.elementsEqual("sq".utf8) {
      pendingPower = 2
    } else if bytes.elementsEqual("cubic".utf8) {
      pendingPower = 3
    } else if bytes.elementsEqual("per".utf8) {
      divides = true
    } else if bytes.elementsEqual("mph".utf8) {
      parts += [(Array("mile".utf8), 1), (Array("hour".utf8), -1)]
    } else if bytes.elementsEqual("kph".utf8) || bytes.elementsEqual("kmh".utf8) {
      parts += [(Array("km".utf8), 1), (Array("hour".utf8), -1)]
    } else {
      parts.append((bytes, divides ? -pendingPower : pendingPower))
      pendingPower = 1
    }
  }

  mutating func power(_ value: Int) {
    guard let last = parts.indices.last else { return }
    parts[last].power *= value
  }

  /// The product of the factors; unknown as soon as one of them is.
  var unit: MeasurementUnit {
    var result = MeasurementUnit(dimension: 0, numerator: 1, denominator: 1)
    for part in parts {
      guard let factor = Units.lookUp(part.name, power: part.power) else { return .unknown }
      let (a, o1) = result.numerator.multipliedReportingOverflow(by: factor.numerator)
      let (b, o2) = result.denominator.multipliedReportingOverflow(by: factor.denominator)
      if o1 || o2 { return .unknown }
      result = MeasurementUnit(dimension: result.dimension &+ factor.dimension, numerator: a, denominator: b)
    }
    return result
  }
}
