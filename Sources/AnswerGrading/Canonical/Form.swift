/// What kind of answer a form is.
enum FormKind: Sendable {
  case scalar
  case list
  case set
  case tuple
  case matrix
  case region
  case equation
  case inequality
  case chain
  case ratio
  case base
  case time
  case text
  case other
}

/// How an unknown was named before an equals sign.
enum FormName: Equatable, Sendable {
  case none
  /// A single variable: `x = 5`.
  case variable(UInt64)
  /// A function or another quantity: `f(x) = 5`, `|AB| = 1`.
  case quantity(UInt64)
}

/// A decimal as it was written.
struct DecimalDigits: Sendable {
  var significantDigits: Int
  var decimalPlaces: Int
}

/// The analysed answer: the class key, and what the rules on pairs need to know besides.
///
/// A reference to its fields, copied when they change: forms stay small on the stack of passes that recurse.
@dynamicMemberLookup
struct Form: Sendable {
  /// Only a form that holds the one reference to it writes to a box.
  private final class Box: @unchecked Sendable {
    var fields: FormFields

    init(_ fields: FormFields) { self.fields = fields }
  }

  private var box: Box

  init(_ kind: FormKind, _ key: ClassKey) { box = Box(FormFields(kind, key)) }

  subscript<Value>(dynamicMember path: WritableKeyPath<FormFields, Value>) -> Value {
    @inline(__always) get { box.fields[keyPath: path] }
    @inline(__always) set {
      if !isKnownUniquelyReferenced(&box) { box = Box(box.fields) }
      box.fields[keyPath: path] = newValue
    }
  }
}

/// The fields of a form.
struct FormFields: Sendable {
  var key: ClassKey
  var kind: FormKind
  var name: FormName = .none
  var unit: MeasurementUnit?
  var isPercent = false
  var decimal: DecimalDigits?
  /// The value of a constant.
  var value: Number?
  /// Members of lists, sets, tuples and matrices; both sides of an equation.
  var members: [Form] = []
  /// The key of the equation itself, up to a constant factor, beside that of the expression that it defines.
  var equationKey: ClassKey?
  /// A variable stands alone on the left side.
  var isExplicit = false
  /// The number before letters that may be a unit, as in `5 m` and `3 m/s`.
  var valueBeforeLetters: Number?
  /// Members were written without brackets: `1, 2`.
  var isBareList = false
  var region: Region?
  /// Hour and minute were written without a.m. or p.m.
  var clock: ClockReading?

  init(_ kind: FormKind, _ key: ClassKey) {
    self.kind = kind
    self.key = key
  }
}

/// A time of day, or a ratio that could be one.
struct ClockReading: Sendable {
  var minutes: Int
  var isMarked: Bool
  var couldBeMarked: Bool
}
