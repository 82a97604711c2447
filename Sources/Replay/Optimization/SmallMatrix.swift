/// A symmetric matrix of a few rows: the model of a function's curvature. Its room is kept from one use to the next.
struct SmallMatrix: ~Copyable, Sendable {
  let size: Int
  private let elements: FlatStorage<Double>
  /// The rows that are eliminated, each with its right side at the end.
  private let rows: FlatStorage<Double>

  /// Makes room for some rows.
  init(size: Int) {
    self.size = size
    elements = FlatStorage(repeating: 0, count: size * size)
    rows = FlatStorage(repeating: 0, count: size * (size + 1))
  }

  /// Makes it a multiple of the identity.
  func reset(diagonal: Double) {
    for place in 0..<size * size { elements[place] = 0 }
    for i in 0..<size { elements[i * size + i] = diagonal }
  }

  @inline(__always)
  subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    nonmutating set { elements[row * size + column] = newValue }
  }

  /// The product with a vector.
  func times(_ vector: SmallVector) -> SmallVector {
    vector.map { row in
      var sum = 0.0
      for column in 0..<size { sum += self[row, column] * vector[column] }
      return sum
    }
  }

  /// The update of Broyden, Fletcher, Goldfarb and Shanno for a step and the change of the gradient along it.
  func update(step: SmallVector, change: SmallVector) {
    let image = times(step)
    let curvature = step.dot(image)
    let slope = step.dot(change)
    for row in 0..<size {
      for column in 0..<size {
        self[row, column] += change[row] * change[column] / slope - image[row] * image[column] / curvature
      }
    }
  }

  /// Solves for some rows and columns by elimination with the largest pivot; `nil` where they are singular.
  func solve(_ right: SmallVector, among indices: SmallIndices) -> SmallVector? {
    let width = indices.count + 1
    for i in indices.places {
      for j in indices.places { rows[i * width + j] = self[indices[i], indices[j]] }
      rows[i * width + width - 1] = right[i]
    }
    for pivot in indices.places {
      bringUpPivot(pivot, width)
      guard rows[pivot * width + pivot] != 0, rows[pivot * width + pivot].isFinite else { return nil }
      for row in pivot + 1..<max(indices.count, pivot + 1) {
        let factor = rows[row * width + pivot] / rows[pivot * width + pivot]
        for column in pivot..<width { rows[row * width + column] -= factor * rows[pivot * width + column] }
      }
    }
    return substituted(indices.count, width)
  }

  /// Exchanges a row with the one below it whose element in the row's own column is the largest.
  private func bringUpPivot(_ pivot: Int, _ width: Int) {
    var largest = pivot
    for row in pivot..<width - 1 where abs(rows[largest * width + pivot]) < abs(rows[row * width + pivot]) {
      largest = row
    }
    guard largest != pivot else { return }
    for column in 0..<width {
      (rows[pivot * width + column], rows[largest * width + column]) =
        (rows[largest * width + column], rows[pivot * width + column])
    }
  }

  /// The solution of the eliminated rows, from the last one up.
  private func substituted(_ count: Int, _ width: Int) -> SmallVector {
    var solution = SmallVector(count: count) { _ in 0 }
    for row in stride(from: count - 1, through: 0, by: -1) {
      var known = 0.0
      for column in row + 1..<max(count, row + 1) { known += rows[row * width + column] * solution[column] }
      solution[row] = (rows[row * width + count] - known) / rows[row * width + row]
    }
    return solution
  }
}
