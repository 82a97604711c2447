/// The opcodes of pickle protocols 2 to 5, and those that are refused by name.
enum PickleOpcode: UInt8 {
  case proto = 0x80
  case frame = 0x95
  case stop = 0x2e
  case mark = 0x28
  case pop = 0x30
  case popMark = 0x31
  case dup = 0x32
  case none = 0x4e
  case newTrue = 0x88
  case newFalse = 0x89
  case binInt = 0x4a
  case binInt1 = 0x4b
  case binInt2 = 0x4d
  case long1 = 0x8a
  case long4 = 0x8b
  case binFloat = 0x47
  case binUnicode = 0x58
  case shortBinUnicode = 0x8c
  case binUnicode8 = 0x8d
  case binBytes = 0x42
  case shortBinBytes = 0x43
  case binBytes8 = 0x8e
  case byteArray8 = 0x96
  case emptyList = 0x5d
  case append = 0x61
  case appends = 0x65
  case list = 0x6c
  case emptyTuple = 0x29
  case tuple = 0x74
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case emptyDictionary = 0x7d
  case dictionary = 0x64
  case setItem = 0x73
  case setItems = 0x75
  case binPut = 0x71
  case longBinPut = 0x72
  case binGet = 0x68
  case longBinGet = 0x6a
  case memoize = 0x94
  case global = 0x63
  case stackGlobal = 0x93
  case reduce = 0x52
  case newObject = 0x81
  case build = 0x62
  case newObjectExtended = 0x92
  case instance = 0x69
  case object = 0x6f
  case persistentID = 0x50
  case binPersistentID = 0x51
  case extension1 = 0x82
  case extension2 = 0x83
  case extension4 = 0x84
  case emptySet = 0x8f
  case addItems = 0x90
  case frozenSet = 0x91
  case nextBuffer = 0x97
  case readOnlyBuffer = 0x98

  enum Family {
    case constant
    case number
    case text
    case container
    case memo
    case object
    case control
    case refused
  }

  var family: Family {
    switch self {
    case .none, .newTrue, .newFalse: .constant
    case .binInt, .binInt1, .binInt2, .long1, .long4, .binFloat: .number
    case .binUnicode, .shortBinUnicode, .binUnicode8, .binBytes, .shortBinBytes, .binBytes8, .byteArray8: .text
    case .emptyList, .append, .appends, .list, .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3, .emptyDictionary,
      .dictionary, .setItem, .setItems:
      .container
    case .binPut, .longBinPut, .binGet, .longBinGet, .memoize: .memo
    case .global, .stackGlobal, .reduce, .newObject, .build: .object
    case .proto, .frame, .stop, .mark, .pop, .popMark, .dup: .control
    default: .refused
    }
  }

  var constant: PickleValue {
    switch self {
    case .newTrue: .boolean(true)
    case .newFalse: .boolean(false)
    default: .none
    }
  }
}
