/// A value in a pickle. Containers are kept by the reader and referred to by index, so that neither cycles nor nesting
/// can exhaust anything.
enum PickleValue: Hashable {
  case none
  case boolean(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  /// A list or tuple: an index into `PickleReader.sequences`.
  case list(Int)
  case tuple(Int)
  /// An index into `PickleReader.mappings`.
  case dictionary(Int)
  /// One of the names that are known: a class or a constructor, as a name only.
  case name(PickleName)
  /// A particle: an index into `PickleReader.mappings` with its attributes.
  case particle(Int)
  /// The description of a numpy element.
  case elementType(NumpyElement)
  /// A numpy array under construction or finished: an index into `PickleReader.arrays`.
  case array(Int)

  /// The kind in words.
  var kind: String {
    switch self {
    case .none: "None"
    case .boolean: "a truth value"
    case .integer: "an integer"
    case .double: "a float"
    case .string: "a string"
    case .bytes: "bytes"
    case .list: "a list"
    case .tuple: "a tuple"
    case .dictionary: "a dictionary"
    case .name(let name): "the name \(name.rawValue)"
    case .particle: "a Particle"
    case .elementType: "a numpy dtype"
    case .array: "a numpy array"
    }
  }
}

/// The names that a pickle may mention. They stand for plain values; nothing is imported or called.
enum PickleName: String {
  case particle = "Particle"
  case numpyScalar = "numpy scalar"
  case numpyReconstruct = "numpy _reconstruct"
  case numpyFromBuffer = "numpy _frombuffer"
  case numpyArray = "numpy.ndarray"
  case numpyType = "numpy.dtype"
  case encode = "_codecs.encode"
  /// How protocol 2 writes no bytes.
  case emptyBytes = "bytes"

  /// The meaning of a qualified name; `nil` for every other.
  init?(module: String, name: String) {
    switch (module, name) {
    case ("sal.search.particle_gibbs", "Particle"), ("sal.search.particle_gibbs_batch", "Particle"),
      ("__main__", "Particle"):
      self = .particle
    case ("numpy.core.multiarray", "scalar"), ("numpy._core.multiarray", "scalar"): self = .numpyScalar
    case ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"):
      self = .numpyReconstruct
    case ("numpy.core.numeric", "_frombuffer"), ("numpy._core.numeric", "_frombuffer"): self = .numpyFromBuffer
    case ("numpy", "ndarray"): self = .numpyArray
    case ("numpy", "dtype"): self = .numpyType
    case ("_codecs", "encode"): self = .encode
    case ("__builtin__", "bytes"), ("builtins", "bytes"): self = .emptyBytes
    default: return nil
    }
  }
}
