/// A quadratic model of a function around a point of a box: where it has its minimum.
///
/// R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, SIAM J. Sci. Comput. 16 (1995), doi 10.1137/0916069; the projection of
/// J. L. Morales and J. Nocedal, ACM TOMS 38 (2011), doi 10.1145/2049662.2049669.
struct BoundedModel {
  let point: [Double]
  let gradient: [Double]
  let curvature: SmallMatrix
  let lower: [Double]
  let upper: [Double]

  /// The first minimum of the model along the path of steepest descent, bent at the box's faces.
  func cauchyPoint() -> [Double] {
    let breaks = point.indices.map { breakpoint($0) }
    var direction = point.indices.map { breaks[$0] > 0 ? -gradient[$0] : 0 }
    var moved = [Double](repeating: 0, count: point.count)
    var time = 0.0
    let order = point.indices.filter { breaks[$0] > 0 && gradient[$0] != 0 }.sorted {
      (breaks[$0], $0) < (breaks[$1], $1)
    }
    for index in order {
      let rest = minimum(from: moved, along: direction)
      let untilBreak = breaks[index] - time
      guard rest >= untilBreak, untilBreak.isFinite else { break }
      for i in point.indices { moved[i] += untilBreak * direction[i] }
      moved[index] = (direction[index] > 0 ? upper : lower)[index] - point[index]
      direction[index] = 0
      time = breaks[index]
    }
    let rest = minimum(from: moved, along: direction)
    return point.indices.map { point[$0] + moved[$0] + rest * direction[$0] }
  }

  /// How far the path goes until a coordinate meets its bound.
  private func breakpoint(_ i: Int) -> Double {
    if gradient[i] < 0 { return (point[i] - upper[i]) / gradient[i] }
    if gradient[i] > 0 { return (point[i] - lower[i]) / gradient[i] }
    return .infinity
  }

  /// How far the model falls from a moved point along a direction.
  private func minimum(from moved: [Double], along direction: [Double]) -> Double {
    let image = curvature * direction
    let slope = gradient.dot(direction) + moved.dot(image)
    let bend = direction.dot(image)
    return bend > 0 ? max(0, -slope / bend) : 0
  }

  /// The model's minimum over the coordinates that are free at a point, kept in the box; `nil` where it has none.
  func subspaceMinimum(at cauchy: [Double]) -> [Double]? {
    let free = point.indices.filter { lower[$0] < cauchy[$0] && cauchy[$0] < upper[$0] }
    guard !free.isEmpty else { return cauchy }
    let image = curvature * point.indices.map { cauchy[$0] - point[$0] }
    guard let step = curvature.solve(free.map { -(gradient[$0] + image[$0]) }, among: free) else { return nil }
    var projected = cauchy
    for (place, i) in free.enumerated() { projected[i] = min(max(cauchy[i] + step[place], lower[i]), upper[i]) }
    if gradient.dot(point.indices.map { projected[$0] - point[$0] }) <= 0 { return projected }
    // The projection leads upwards: go straight, as far as the box allows.
    var share = 1.0
    for (place, i) in free.enumerated() {
      if step[place] < 0 { share = min(share, max(0, (lower[i] - cauchy[i]) / step[place])) }
      if step[place] > 0 { share = min(share, max(0, (upper[i] - cauchy[i]) / step[place])) }
    }
    var shortened = cauchy
    for (place, i) in free.enumerated() { shortened[i] = cauchy[i] + share * step[place] }
    return shortened
  }
}
