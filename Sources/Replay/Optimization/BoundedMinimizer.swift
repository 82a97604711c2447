/// Minimizes a smooth function of a few variables in a box: L-BFGS-B with gradients by finite differences.
///
/// R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, SIAM J. Sci. Comput. 16 (1995), doi 10.1137/0916069, version 3.0 of 2011, with
/// the settings of scipy's `minimize` when it is given bounds and nothing else: ten updates kept, a forward difference of
/// 1e-8, and an end at a relative decrease of 2.2e-9 or a projected gradient of 1e-5. With the same start it goes to the
/// same local minimum, which is what a function with many of them needs to be compared by. The few variables allow
/// the curvature to be kept as a matrix.
struct BoundedMinimizer {
  let lower: [Double]
  let upper: [Double]
  var memory = 10
  var tolerance = 2.220446049250313e-09
  var flatness = 1e-5
  var difference = 1e-8
  var limit = 15_000

  /// A point with the function's value and gradient there.
  struct Place {
    var point: [Double]
    var value: Double
    var gradient: [Double]
  }

  private struct Update {
    var step: [Double]
    var change: [Double]
  }

  /// The local minimum that a start leads to.
  func minimum(from start: [Double], of function: ([Double]) -> Double) -> Place {
    var place = evaluate(start.indices.map { min(max(start[$0], lower[$0]), upper[$0]) }, function)
    var updates: [Update] = []
    var scale = 1.0
    var iteration = 0
    while iteration < limit, !isFlat(place) {
      guard let next = move(from: place, updates, scale, isFirst: iteration == 0, function) else {
        // Without a step that helps the curvature is forgotten once.
        if updates.isEmpty { return place }
        updates = []
        scale = 1
        continue
      }
      iteration += 1
      let decrease = place.value - next.value
      let isDone = decrease <= tolerance * max(abs(place.value), abs(next.value), 1)
      let step = place.point.indices.map { next.point[$0] - place.point[$0] }
      let change = place.point.indices.map { next.gradient[$0] - place.gradient[$0] }
      let product = step.dot(change)
      if product > Double.ulpOfOne * -step.dot(place.gradient) {
        updates = updates.suffix(memory - 1) + [Update(step: step, change: change)]
        scale = change.dot(change) / product
      }
      place = next
      if isDone { break }
    }
    return place
  }

  private func evaluate(_ point: [Double], _ function: ([Double]) -> Double) -> Place {
    let value = function(point)
    let gradient = point.indices.map { i in
      var beside = point
      beside[i] += point[i] + difference > upper[i] ? -difference : difference
      return (function(beside) - value) / (beside[i] - point[i])
    }
    return Place(point: point, value: value, gradient: gradient)
  }

  private func isFlat(_ place: Place) -> Bool {
    place.point.indices.allSatisfy { i in
      let moved = min(max(place.point[i] - place.gradient[i], lower[i]), upper[i])
      return abs(moved - place.point[i]) <= flatness
    }
  }

  /// One step: to the model's minimum in the box, and along the line there as far as helps.
  private func move(
    from place: Place, _ updates: [Update], _ scale: Double, isFirst: Bool, _ function: ([Double]) -> Double
  ) -> Place? {
    var curvature = SmallMatrix(size: place.point.count, diagonal: scale)
    for update in updates { curvature.update(step: update.step, change: update.change) }
    let model = BoundedModel(
      point: place.point, gradient: place.gradient, curvature: curvature, lower: lower, upper: upper)
    let cauchy = model.cauchyPoint()
    guard let target = updates.isEmpty ? cauchy : model.subspaceMinimum(at: cauchy) else { return nil }
    let direction = place.point.indices.map { target[$0] - place.point[$0] }
    guard place.gradient.dot(direction) < 0 else { return nil }
    let longest = isFirst ? 1 : reach(from: place.point, along: direction)
    let first = isFirst ? min(1 / direction.dot(direction).squareRoot(), longest) : 1
    return search(from: place, along: direction, target: target, first: first, longest: longest, function)
  }

  /// How far a direction can be followed inside the box.
  private func reach(from point: [Double], along direction: [Double]) -> Double {
    point.indices.reduce(1e10) { longest, i in
      if direction[i] == 0 { return longest }
      let room = (direction[i] < 0 ? lower : upper)[i] - point[i]
      return min(longest, max(0, room / direction[i]))
    }
  }

  private func search(
    from place: Place,
    along direction: [Double],
    target: [Double],
    first: Double,
    longest: Double,
    _ function: ([Double]) -> Double
  ) -> Place? {
    var line = LineSearch(value: place.value, slope: place.gradient.dot(direction), first: first, limit: longest)
    var step = first
    for _ in 0..<20 {
      let point = place.point.indices.map { i in
        step == 1 ? target[i] : min(max(step * direction[i] + place.point[i], lower[i]), upper[i])
      }
      let next = evaluate(point, function)
      let trial = LineSearch.Trial(step: step, value: next.value, slope: next.gradient.dot(direction))
      if line.accepts(trial) { return next }
      step = line.step(after: trial)
      guard step.isFinite else { return nil }
    }
    return nil
  }
}
