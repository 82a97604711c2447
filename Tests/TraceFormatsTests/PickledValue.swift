/// A value written as Python pickles it, for tests of particles.
indirect enum PickledValue {
  case none
  case bool(Bool)
  case int(Int32)
  case float(Double)
  case text(String)
  case list([PickledValue])
  /// numpy's scalar of a type string with the bytes that numpy keeps.
  case numpy(String, [UInt8])
  /// numpy's array of float64 as protocol 2 writes it where it is empty.
  case emptyArray
  case object([String: PickledValue])

  /// A whole pickle.
  var pickle: [UInt8] { [0x80, 2] + opcodes + [0x2e] }

  private var opcodes: [UInt8] {
    switch self {
    case .none: return [0x4e]
    case .bool(let value): return [value ? 0x88 : 0x89]
    case .int(let value): return [0x4a] + Self.little(UInt32(bitPattern: value))
    case .float(let value):
      return [0x47] + (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(56 - 8 * $0)) }
    case .text(let text): return [0x58] + Self.little(UInt32(text.utf8.count)) + Array(text.utf8)
    case .list(let items): return [0x5d, 0x28] + items.flatMap(\.opcodes) + [0x65]
    case .numpy(let type, let raw):
      let bytes = [0x43, UInt8(raw.count)] + raw
      return Self.name("numpy._core.multiarray", "scalar") + Self.type(type) + bytes + [0x86, 0x52]
    case .emptyArray:
      let shell = Self.name("numpy._core.multiarray", "_reconstruct") + Self.name("numpy", "ndarray")
      let shape = [0x4b, 0, 0x85] as [UInt8]
      let nothing = Self.name("__builtin__", "bytes") + [0x29, 0x52]
      return shell + shape + PickledValue.text("b").opcodes + [0x87, 0x52]
        + [0x28, 0x4b, 1] + shape + Self.type("f8") + [0x89] + nothing + [0x74, 0x62]
    case .object(let attributes):
      let members = attributes.sorted { $0.key < $1.key }.flatMap {
        PickledValue.text($0.key).opcodes + $0.value.opcodes
      }
      return Self.name("sal.search.particle_gibbs", "Particle") + [0x29, 0x81, 0x7d, 0x28] + members + [0x75, 0x62]
    }
  }

  private static func type(_ text: String) -> [UInt8] {
    name("numpy", "dtype") + PickledValue.text(text).opcodes + [0x89, 0x88, 0x87, 0x52]
  }

  private static func name(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }

  private static func little(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
  }
}

extension PickledValue {
  /// A particle with its steps and their rewards; further attributes take the usual ones' places.
  static func particle(
    _ steps: [String], _ rewards: [Double], isActive: Bool = false, _ others: [String: PickledValue] = [:]
  ) -> PickledValue {
    .object(
      [
        "trajectory": .list(steps.map { .text($0) }), "rewards": .list(rewards.map { .float($0) }),
        "steps": .int(Int32(steps.count)), "active": .bool(isActive), "preferred": .bool(false),
        "temperature": .float(0.8),
      ].merging(others) { _, new in new })
  }
}
