/// A unit of measurement: a dimension and a scale, or a word that only names what is counted.
struct MeasurementUnit: Equatable, Sendable {
  /// A hash of the dimension with its powers; zero for words without a known dimension.
  var dimension: UInt64
  /// How many base units it is, as a fraction.
  var numerator: Int64
  var denominator: Int64

  static let unknown = MeasurementUnit(dimension: 0, numerator: 1, denominator: 1)

  /// A unit of money: it contradicts other money only.
  var isMoney: Bool { Units.moneyDimensions.contains(dimension) }

  /// Time units take part in compounds such as "2 hours 30 minutes".
  var isTime: Bool { dimension == Units.dimension("time", 1) }
}

/// The table of units.
enum Units {
  private struct Entry {
    let base: String
    let numerator: Int64
    let denominator: Int64
  }

  private static let table: [UInt64: Entry] = {
    var table: [UInt64: Entry] = [:]
    func add(_ names: String, _ base: String, _ numerator: Int64 = 1, _ denominator: Int64 = 1) {
      for name in names.split(separator: " ") {
        table[Commands.hash(name.utf8)] = Entry(base: base, numerator: numerator, denominator: denominator)
      }
    }
    add("mm millimeter millimeters millimetre millimetres", "length", 1, 1_000)
    add("cm centimeter centimeters centimetre centimetres", "length", 1, 100)
    add("dm decimeter decimeters", "length", 1, 10)
    add("m meter meters metre metres", "length")
    add("km kilometer kilometers kilometre kilometres", "length", 1_000)
    add("in inch inches", "imperial", 1)
    add("ft foot feet", "imperial", 12)
    add("yd yard yards", "imperial", 36)
    add("mi mile miles", "imperial", 63_360)
    add("s sec secs second seconds", "time")
    add("min mins minute minutes", "time", 60)
    add("h hr hrs hour hours", "time", 3_600)
    add("day days", "time", 86_400)
    add("week weeks", "time", 604_800)
    add("month months", "month")
    add("year years yr yrs", "month", 12)
    add("mg milligram milligrams", "mass", 1, 1_000)
    add("g gram grams", "mass")
    add("kg kilogram kilograms", "mass", 1_000)
    add("lb lbs pound pounds", "weight", 16)
    add("oz ounce ounces", "weight")
    add("ton tons", "ton")
    add("l L liter liters litre litres", "volume")
    add("ml mL milliliter milliliters", "volume", 1, 1_000)
    add("gallon gallons gal", "gallon")
    // Speeds are split into length and time where units are read.
    add("mph kph kmh", "speed")
    add("dollar dollars usd USD", "dollar", 100)
    add("cent cents", "dollar", 1)
    add("euro euros", "euro")
    add("yuan", "yuan")
    add("rad radian radians", "radian")
    add("J joule joules", "energy")
    add("kJ", "energy", 1_000)
    add("N newton newtons", "force")
    add("W watt watts", "power")
    add("V volt volts", "voltage")
    add("A amp amps ampere amperes", "current")
    add("K kelvin", "temperature")
    add("Hz hertz", "frequency")
    add("Pa", "pressure")
    add("mol", "amount")
    return table
  }()

  static let moneyDimensions: Set<UInt64> = [dimension("dollar", 1), dimension("euro", 1), dimension("yuan", 1)]

  static let dollar = MeasurementUnit(dimension: dimension("dollar", 1), numerator: 100, denominator: 1)

  static func dimension(_ base: String, _ power: Int) -> UInt64 {
    KeyBuilder.mix(Commands.hash(base.utf8) &* UInt64(bitPattern: Int64(power * 2 + 1)))
  }

  /// Two letters or more that are a unit when they follow a quantity.
  static func isPlainUnit(_ word: ArraySlice<UInt8>) -> Bool { word.count >= 2 && table[Commands.hash(word)] != nil }

  /// The unit that a word and a power mean; nil when the word is not in the table.
  static func lookUp(_ word: some Sequence<UInt8>, power: Int) -> MeasurementUnit? {
    guard let entry = table[Commands.hash(word)] else { return nil }
    var unit = MeasurementUnit(dimension: dimension(entry.base, power), numerator: 1, denominator: 1)
    for _ in 0..<min(abs(power), 4) {
      let (a, o1) = unit.numerator.multipliedReportingOverflow(by: power > 0 ? entry.numerator : entry.denominator)
      let (b, o2) = unit.denominator.multipliedReportingOverflow(by: power > 0 ? entry.denominator : entry.numerator)
      if o1 || o2 { return nil }
      (unit.numerator, unit.denominator) = (a, b)
    }
    return unit
  }
}
