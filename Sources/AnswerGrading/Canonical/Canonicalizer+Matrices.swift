extension Canonicalizer {
  mutating func matrix(_ node: Int32) throws(CanonicalFailure) -> Form {
    let columns = Int(tree.nodes[Int(node)].payload)
    if let keys = plainKeys(node), columns > 1, columns < keys.count { return Form(.matrix, key(keys, columns)) }
    var cells: [Form] = []
    for child in tree.childList(node) { cells.append(try form(child)) }
    return matrix(cells, columns: columns)
  }

  private func key(_ cells: [ClassKey], _ columns: Int) -> ClassKey {
    var builder = KeyBuilder(.matrix)
    builder.add(columns)
    for cell in cells { builder.add(cell) }
    return builder.key
  }

  /// A single row or column is a vector, which is a tuple.
  func matrix(_ cells: [Form], columns: Int) -> Form {
    let rows = cells.count / columns
    if rows == 1 || columns == 1 { return tuple(cells) }
    var form = Form(.matrix, key(cells.map(\.key), columns))
    form.members = cells
    return form
  }

  /// Sums, products and multiples of matrices and vectors.
  mutating func matrixExpression(_ node: Int32) throws(CanonicalFailure) -> Form {
    guard let shape = shape(of: node) else { throw .undefined }
    guard shape.rows * shape.columns <= 400, tree.nodes.count <= 4_000 else { throw .budget }
    let hasSymbols = tree.nodes[Int(node)].hasSymbols
    var points: [[Number]] = []
    for point in hasSymbols ? Array(0..<SamplePoints.count) : [-1] {
      evaluator.point = point
      guard let cells = values(of: node) else { throw .undefined }
      points.append(cells)
    }
    evaluator.point = -1
    var cells: [Form] = []
    for place in 0..<points[0].count {
      let values = points.map { $0[place].recognized }
      cells.append(try cell(values, node))
    }
    return shape.rows == 1 && shape.columns == 1 ? cells[0] : matrix(cells, columns: shape.columns)
  }

  mutating func cell(_ values: [Number], _ node: Int32) throws(CanonicalFailure) -> Form {
    if values.count > 1 {
      var form = Form(.scalar, try key(ofPoints: values, node))
      form.value = collapsed
      collapsed = nil
      return form
    }
    guard let key = values[0].classKey else { throw .undefined }
    var form = Form(.scalar, key)
    form.value = values[0]
    return form
  }

  private struct Shape: Equatable {
    var rows: Int
    var columns: Int
  }

  /// The shape of a matrix expression; nil when the parts do not fit together.
  private func shape(of node: Int32) -> Shape? {
    switch tree.kind(node) {
    case .matrix:
      let columns = Int(tree.nodes[Int(node)].payload)
      return Shape(rows: tree.count(node) / columns, columns: columns)
    case .parenthesized, .angled, .bracketed: return Shape(rows: tree.count(node), columns: 1)
    case .sum, .negation, .plusMinus:
      let shapes = tree.childList(node).map { shape(of: $0) }
      guard let first = shapes[0], shapes.allSatisfy({ $0 == first }) else { return nil }
      return first
    case .quotient: return shape(of: tree.child(node, 0))
    case .product: return productShape(node)
    case .power: return powerShape(node)
    case .function:
      return tree.nodes[Int(node)].payload == FunctionName.determinant.rawValue ? Shape(rows: 1, columns: 1) : nil
    default: return firstCompound(node) == nil ? Shape(rows: 1, columns: 1) : nil
    }
  }

  private func productShape(_ node: Int32) -> Shape? {
    var result = Shape(rows: 1, columns: 1)
    for child in tree.childList(node) {
      guard let next = shape(of: child) else { return nil }
      if result == Shape(rows: 1, columns: 1) {
        result = next
      } else if next != Shape(rows: 1, columns: 1) {
        guard result.columns == next.rows else { return nil }
        result.columns = next.columns
      }
    }
    return result
  }

  /// Transposes, and integer powers of square matrices.
  private func powerShape(_ node: Int32) -> Shape? {
    guard let base = shape(of: tree.child(node, 0)) else { return nil }
    if isTranspose(tree.child(node, 1)) { return Shape(rows: base.columns, columns: base.rows) }
    guard let exponent = tree.integerExponent(tree.child(node, 1)), base.rows == base.columns, exponent != 0,
      exponent >= -1, exponent <= 64, base.rows <= 6
    else { return nil }
    return base
  }

  private func isTranspose(_ node: Int32) -> Bool {
    tree.kind(node) == .symbol && tree.symbols[Int(tree.nodes[Int(node)].payload)].name == "T"
  }

  /// The cells in rows at the current point.
  private mutating func values(of node: Int32) -> [Number]? {
    switch tree.kind(node) {
    case .matrix, .parenthesized, .angled, .bracketed:
      var cells: [Number] = []
      for child in tree.childList(node) {
        if firstCompound(child) != nil { return nil }
        cells.append(evaluator.value(of: child))
      }
      return cells
    case .negation: return values(of: tree.child(node, 0))?.map { evaluator.arithmetic.negate($0) }
    case .sum: return matrixSum(node)
    case .quotient:
      guard firstCompound(tree.child(node, 1)) == nil, let cells = values(of: tree.child(node, 0)) else { return nil }
      let divisor = evaluator.value(of: tree.child(node, 1))
      return cells.map { evaluator.arithmetic.divide($0, divisor) }
    case .product: return matrixProduct(node)
    case .power: return matrixPower(node)
    case .function: return determinant(tree.child(node, 0)).map { [$0] }
    default: return firstCompound(node) == nil ? [evaluator.value(of: node)] : nil
    }
  }

  private mutating func matrixSum(_ node: Int32) -> [Number]? {
    var total: [Number] = []
    for child in tree.childList(node) {
      guard let cells = values(of: child) else { return nil }
      if total.isEmpty {
        total = cells
      } else {
        for place in total.indices { total[place] = evaluator.arithmetic.add(total[place], cells[place]) }
      }
    }
    return total
  }

  private mutating func matrixProduct(_ node: Int32) -> [Number]? {
    var total: [Number] = [.one]
    var current = Shape(rows: 1, columns: 1)
    for child in tree.childList(node) {
      guard let next = shape(of: child), let cells = values(of: child) else { return nil }
      if current == Shape(rows: 1, columns: 1) || next == Shape(rows: 1, columns: 1) {
        let (scalar, vector) = total.count == 1 ? (total[0], cells) : (cells[0], total)
        total = vector.map { evaluator.arithmetic.multiply($0, scalar) }
        if current == Shape(rows: 1, columns: 1) { current = next }
        continue
      }
      total = multiply(total, current, cells, next)
      current.columns = next.columns
    }
    return total
  }

  private mutating func matrixPower(_ node: Int32) -> [Number]? {
    let base = tree.child(node, 0)
    guard let shape = shape(of: base), let cells = values(of: base) else { return nil }
    if isTranspose(tree.child(node, 1)) {
      return (0..<cells.count).map { cells[($0 % shape.rows) * shape.columns + $0 / shape.rows] }
    }
    guard let exponent = tree.integerExponent(tree.child(node, 1)) else { return nil }
    if exponent < 0 { return inverse(cells, size: shape.rows) }
    var result = cells
    for _ in 1..<exponent { result = multiply(result, shape, cells, shape) }
    return result
  }

  /// By cofactors: the transposed matrix of signed minors over the determinant.
  private mutating func inverse(_ cells: [Number], size: Int) -> [Number] {
    let whole = determinant(cells, size: size)
    if size == 1 { return [evaluator.arithmetic.inverse(whole)] }
    var result: [Number] = []
    for row in 0..<size {
      for column in 0..<size {
        let minor = (0..<size * size).filter { $0 / size != column && $0 % size != row }.map { cells[$0] }
        let value = determinant(minor, size: size - 1)
        let signed = (row + column) & 1 == 0 ? value : evaluator.arithmetic.negate(value)
        result.append(evaluator.arithmetic.divide(signed, whole))
      }
    }
    return result
  }

  private mutating func multiply(_ left: [Number], _ a: Shape, _ right: [Number], _ b: Shape) -> [Number] {
    var result: [Number] = []
    for row in 0..<a.rows {
      for column in 0..<b.columns {
        var total = Number.zero
        for inner in 0..<a.columns {
          let term = evaluator.arithmetic.multiply(left[row * a.columns + inner], right[inner * b.columns + column])
          total = evaluator.arithmetic.add(total, term)
        }
        result.append(total)
      }
    }
    return result
  }

  private mutating func determinant(_ node: Int32) -> Number? {
    guard let shape = shape(of: node), shape.rows == shape.columns, shape.rows <= 6, let cells = values(of: node) else {
      return nil
    }
    return determinant(cells, size: shape.rows)
  }

  /// By elimination.
  private mutating func determinant(_ matrix: [Number], size: Int) -> Number {
    var cells = matrix
    var result = Number.one
    for column in 0..<size {
      guard let pivot = (column..<size).first(where: { !cells[$0 * size + column].isZero }) else { return .zero }
      if pivot != column {
        for place in 0..<size { cells.swapAt(pivot * size + place, column * size + place) }
        result = evaluator.arithmetic.negate(result)
      }
      result = evaluator.arithmetic.multiply(result, cells[column * size + column])
      for row in column + 1..<max(size, column + 1) {
        let factor = evaluator.arithmetic.divide(cells[row * size + column], cells[column * size + column])
        for place in column..<size {
          let term = evaluator.arithmetic.multiply(factor, cells[column * size + place])
          cells[row * size + place] = evaluator.arithmetic.subtract(cells[row * size + place], term)
        }
      }
    }
    return result
  }
}
