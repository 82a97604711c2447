/// A quadratic model of a function around a point of a box: where it has its minimum.
///
/// R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, SIAM J. Sci. Comput. 16 (1995), doi 10.1137/0916069; the projection of
/// J. L. Morales and J. Nocedal, ACM TOMS 38 (2011), doi 10.1145/2049662.2049669.
struct BoundedModel: BitwiseCopyable {
  let point: SmallVector
  let gradient: SmallVector
  let lower: SmallVector
  let upper: SmallVector

  /// The first minimum of the model along the path of steepest descent, bent at the box's faces.
  func cauchyPoint(_ curvature: borrowing SmallMatrix) -> SmallVector {
    let breaks = point.map { breakpoint($0) }
    var direction = point.map { breaks[$0] > 0 ? -gradient[$0] : 0 }
    var moved = point.map { _ in 0 }
    var time = 0.0
    let order = order(of: breaks)
    for place in order.places {
      let index = order[place]
      let rest = minimum(from: moved, along: direction, curvature)
      let untilBreak = breaks[index] - time
      guard rest >= untilBreak, untilBreak.isFinite else { break }
      for i in point.indices { moved[i] += untilBreak * direction[i] }
      moved[index] = (direction[index] > 0 ? upper : lower)[index] - point[index]
      direction[index] = 0
      time = breaks[index]
    }
    let rest = minimum(from: moved, along: direction, curvature)
    return point.map { point[$0] + moved[$0] + rest * direction[$0] }
  }

  /// The coordinates that meet their bounds on the path, the first one first.
  private func order(of breaks: SmallVector) -> SmallIndices {
    var order = SmallIndices()
    for i in point.indices where breaks[i] > 0 && gradient[i] != 0 {
      order.append(i)
      var place = order.count - 1
      while place > 0, breaks[i] < breaks[order[place - 1]] {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = i
    }
    return order
  }

  /// How far the path goes until a coordinate meets its bound.
  private func breakpoint(_ i: Int) -> Double {
    if gradient[i] < 0 { return (point[i] - upper[i]) / gradient[i] }
    if gradient[i] > 0 { return (point[i] - lower[i]) / gradient[i] }
    return .infinity
  }

  /// How far the model falls from a moved point along a direction.
  private func minimum(
    from moved: SmallVector, along direction: SmallVector, _ curvature: borrowing SmallMatrix
  ) -> Double {
    let image = curvature.times(direction)
    let slope = gradient.dot(direction) + moved.dot(image)
    let bend = direction.dot(image)
    return bend > 0 ? max(0, -slope / bend) : 0
  }

  /// The model's minimum over the coordinates that are free at a point, kept in the box; `nil` where it has none.
  func subspaceMinimum(at cauchy: SmallVector, _ curvature: borrowing SmallMatrix) -> SmallVector? {
    var free = SmallIndices()
    for i in point.indices where lower[i] < cauchy[i] && cauchy[i] < upper[i] { free.append(i) }
    guard free.count > 0 else { return cauchy }
    let image = curvature.times(point.map { cauchy[$0] - point[$0] })
    let right = SmallVector(count: free.count) { -(gradient[free[$0]] + image[free[$0]]) }
    guard let step = curvature.solve(right, among: free) else { return nil }
    var projected = cauchy
    for place in free.places {
      let i = free[place]
      projected[i] = min(max(cauchy[i] + step[place], lower[i]), upper[i])
    }
    if gradient.dot(point.map { projected[$0] - point[$0] }) <= 0 { return projected }
    return shortened(cauchy, by: step, free)
  }

  /// Where the projection leads upwards: straight, as far as the box allows.
  private func shortened(_ cauchy: SmallVector, by step: SmallVector, _ free: SmallIndices) -> SmallVector {
    var share = 1.0
    for place in free.places {
      let i = free[place]
      if step[place] < 0 { share = min(share, max(0, (lower[i] - cauchy[i]) / step[place])) }
      if step[place] > 0 { share = min(share, max(0, (upper[i] - cauchy[i]) / step[place])) }
    }
    var shortened = cauchy
    for place in free.places { shortened[free[place]] = cauchy[free[place]] + share * step[place] }
    return shortened
  }
}
