/// A map from rows of a table to small numbers: an array where most rows occur, a dictionary where few do.
struct RowMap<Number: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>: Sendable {
  private var dense: [Number]
  private var sparse: [Int64: Number] = [:]

  /// - Parameters:
  ///   - last: The largest row that can occur.
  ///   - expected: How many rows will occur.
  init(last: Int, expected: Int) {
    dense = last <= expected * 8 + 1_000 ? Array(repeating: -1, count: last + 1) : []
  }

  /// Numbers rows from 0 in their order.
  init(numbering rows: [Int64]) {
    self.init(last: Int(rows.max() ?? 0), expected: rows.count)
    for (number, row) in rows.enumerated() { self[row] = Number(number) }
  }

  /// The number of a row; -1 where it has none.
  @inline(__always)
  subscript(row: Int64) -> Number {
    get {
      if row >= 0, row < dense.count { return dense[Int(row)] }
      return sparse.isEmpty ? -1 : sparse[row] ?? -1
    }
    set {
      if row >= 0, row < dense.count { dense[Int(row)] = newValue } else { sparse[row] = newValue }
    }
  }
}
