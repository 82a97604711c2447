extension Canonicalizer {
  /// A linear combination of the unit vectors i, j, k is the tuple of its coefficients; nil for other expressions.
  ///
  /// Unit vectors are set in bold or under hats and arrows; plain i and j side by side are unit vectors too.
  mutating func unitVectors(_ node: Int32) throws(CanonicalFailure) -> Form? {
    guard let axes else { return nil }
    defer {
      evaluator.overrides = []
      evaluator.imaginaryValue = nil
    }
    setAxis(0, axes)
    guard coefficients(node).allSatisfy(\.isZero) else { return nil }
    var members: [Form] = []
    for axis in 1...max(2, axes.map(\.axis).max() ?? 2) {
      setAxis(axis, axes)
      members.append(try cell(coefficients(node), node))
    }
    return tuple(members)
  }

  private mutating func setAxis(_ axis: Int, _ axes: [UnitAxis]) {
    evaluator.overrides = axes.filter { $0.symbol >= 0 }.map { ($0.symbol, $0.axis == axis ? .one : .zero) }
    if axes.contains(where: { $0.symbol < 0 }) { evaluator.imaginaryValue = axis == 1 ? .one : .zero }
  }

  private mutating func coefficients(_ node: Int32) -> [Number] {
    var points: [Number] = []
    for point in 0..<SamplePoints.count {
      evaluator.point = point
      points.append(evaluator.value(of: node).recognized)
    }
    evaluator.point = -1
    return points
  }
}
