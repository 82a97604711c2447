/// A symmetric matrix of a few rows: the model of a function's curvature.
struct SmallMatrix {
  let size: Int
  private var elements: [Double]

  /// A multiple of the identity.
  init(size: Int, diagonal: Double) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
    for i in 0..<size { elements[i * size + i] = diagonal }
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  /// The product with a vector.
  static func * (matrix: SmallMatrix, vector: [Double]) -> [Double] {
    (0..<matrix.size).map { row in
      (0..<matrix.size).reduce(0) { $0 + matrix[row, $1] * vector[$1] }
    }
  }

  /// The update of Broyden, Fletcher, Goldfarb and Shanno for a step and the change of the gradient along it.
  mutating func update(step: [Double], change: [Double]) {
    let image = self * step
    let curvature = step.dot(image)
    let slope = step.dot(change)
    for row in 0..<size {
      for column in 0..<size {
        self[row, column] += change[row] * change[column] / slope - image[row] * image[column] / curvature
      }
    }
  }

  /// Solves for some rows and columns by elimination with the largest pivot; `nil` where they are singular.
  func solve(_ right: [Double], among indices: [Int]) -> [Double]? {
    let count = indices.count
    var rows = indices.indices.map { i in indices.map { self[indices[i], $0] } + [right[i]] }
    for pivot in 0..<count {
      let largest = (pivot..<count).max { abs(rows[$0][pivot]) < abs(rows[$1][pivot]) } ?? pivot
      rows.swapAt(pivot, largest)
      guard rows[pivot][pivot] != 0, rows[pivot][pivot].isFinite else { return nil }
      for row in pivot + 1..<max(count, pivot + 1) {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    var solution = [Double](repeating: 0, count: count)
    for row in stride(from: count - 1, through: 0, by: -1) {
      let known = (row + 1..<max(count, row + 1)).reduce(0.0) { $0 + rows[row][$1] * solution[$1] }
      solution[row] = (rows[row][count] - known) / rows[row][row]
    }
    return solution
  }
}

extension [Double] {
  /// The sum of the products of elements.
  func dot(_ other: [Double]) -> Double {
    var sum = 0.0
    for i in indices { sum += self[i] * other[i] }
    return sum
  }
}
