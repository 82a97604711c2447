/// One end of an interval.
struct Endpoint: Sendable {
  var value: Number
  /// The end belongs to the interval.
  var isClosed: Bool
}

/// A union of disjoint intervals of real numbers in ascending order.
struct Region: Sendable {
  struct Piece: Sendable {
    var low: Endpoint
    var high: Endpoint
  }

  private(set) var pieces: [Piece]

  static let empty = Region(pieces: [])
  static let reals = Region(pieces: [
    Piece(
      low: Endpoint(value: .infinity(negative: true), isClosed: false),
      high: Endpoint(value: .infinity(negative: false), isClosed: false))
  ])

  init(pieces: [Piece]) { self.pieces = pieces }

  /// An interval; nil when an end is not real or the ends are the wrong way round.
  init?(low: Number, lowClosed: Bool, high: Number, highClosed: Bool) {
    guard let order = Region.compare(low, high), order < 0 || (order == 0 && lowClosed && highClosed) else {
      return nil
    }
    pieces = [
      Piece(
        low: Endpoint(value: low, isClosed: lowClosed && !low.isInfinite),
        high: Endpoint(value: high, isClosed: highClosed && !high.isInfinite))
    ]
  }

  init?(point: Number) { self.init(low: point, lowClosed: true, high: point, highClosed: true) }

  var isEmpty: Bool { pieces.isEmpty }

  var isUnbounded: Bool { pieces.contains { $0.low.value.isInfinite || $0.high.value.isInfinite } }

  /// -1, 0, 1; nil when a value is not real.
  static func compare(_ left: Number, _ right: Number) -> Int? {
    if case .infinity(let negative) = left {
      if case .infinity(let other) = right { return negative == other ? 0 : (negative ? -1 : 1) }
      return right.sign == nil ? nil : (negative ? -1 : 1)
    }
    var arithmetic = Arithmetic(budget: 10_000, exactBits: 8_192)
    return arithmetic.subtract(left, right).sign
  }

  private static func order(_ left: Number, _ right: Number) -> Int { compare(left, right) ?? 0 }

  func union(_ other: Region) -> Region {
    let all = (pieces + other.pieces).sorted { left, right in
      let order = Region.order(left.low.value, right.low.value)
      return order != 0 ? order < 0 : left.low.isClosed && !right.low.isClosed
    }
    var merged: [Piece] = []
    for piece in all {
      guard let last = merged.last else {
        merged.append(piece)
        continue
      }
      let order = Region.order(piece.low.value, last.high.value)
      if order < 0 || (order == 0 && (piece.low.isClosed || last.high.isClosed)) {
        merged[merged.count - 1].high = Region.larger(last.high, piece.high)
      } else {
        merged.append(piece)
      }
    }
    return Region(pieces: merged)
  }

  private static func larger(_ left: Endpoint, _ right: Endpoint) -> Endpoint {
    let order = Region.order(left.value, right.value)
    if order == 0 { return left.isClosed ? left : right }
    return order > 0 ? left : right
  }

  /// Everything outside.
  var complement: Region {
    var result: [Piece] = []
    var low = Endpoint(value: .infinity(negative: true), isClosed: false)
    for piece in pieces {
      let high = Endpoint(value: piece.low.value, isClosed: !piece.low.isClosed && !piece.low.value.isInfinite)
      if let region = Region(low: low.value, lowClosed: low.isClosed, high: high.value, highClosed: high.isClosed) {
        result += region.pieces
      }
      low = Endpoint(value: piece.high.value, isClosed: !piece.high.isClosed && !piece.high.value.isInfinite)
    }
    let top = Number.infinity(negative: false)
    if let region = Region(low: low.value, lowClosed: low.isClosed, high: top, highClosed: false) {
      result += region.pieces
    }
    return Region(pieces: result)
  }

  func intersection(_ other: Region) -> Region { complement.union(other.complement).complement }

  static func union(_ regions: [Region]) -> Region {
    Region(pieces: []).union(Region(pieces: regions.flatMap(\.pieces)))
  }

  static func intersection(_ regions: [Region]) -> Region { union(regions.map(\.complement)).complement }

  /// A single interval of two finite ends.
  var singlePiece: Piece? { pieces.count == 1 ? pieces[0] : nil }
}

extension Canonicalizer {
  /// The form of a region: an open interval is a pair, a set of points is a list, the rest are intervals.
  func form(of region: Region) -> Form {
    var form = Form(.region, key(of: region))
    form.region = region
    return form
  }

  private func key(of region: Region) -> ClassKey {
    if region.isEmpty { return KeyBuilder(.emptySet).key }
    if let piece = region.singlePiece, !piece.low.isClosed, !piece.high.isClosed, !region.isUnbounded,
      let low = piece.low.value.classKey, let high = piece.high.value.classKey
    {
      return KeyBuilder.combine(.tuple, [low, high])
    }
    if let points = pointKeys(region) {
      return points.count == 1 ? points[0] : KeyBuilder.combine(.list, points.sorted())
    }
    var builder = KeyBuilder(.region)
    for piece in region.pieces {
      for end in [piece.low, piece.high] {
        builder.add(end.isClosed ? 1 : 0)
        if let key = end.value.classKey { builder.add(key) }
      }
    }
    return builder.key
  }

  private func pointKeys(_ region: Region) -> [ClassKey]? {
    var keys: [ClassKey] = []
    for piece in region.pieces {
      guard piece.low.isClosed, piece.high.isClosed, Region.compare(piece.low.value, piece.high.value) == 0,
        let key = piece.low.value.classKey
      else { return nil }
      keys.append(key)
    }
    return keys
  }
}
