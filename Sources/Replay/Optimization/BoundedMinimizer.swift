/// Minimizes a smooth function of a few variables in a box: L-BFGS-B with gradients by finite differences.
///
/// R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, SIAM J. Sci. Comput. 16 (1995), doi 10.1137/0916069, version 3.0 of 2011, with
/// the settings of scipy's `minimize` when it is given bounds and nothing else: ten updates kept, a forward difference of
/// 1e-8, and an end at a relative decrease of 2.2e-9 or a projected gradient of 1e-5. With the same start it goes to the
/// same local minimum, which is what a function with many of them needs to be compared by. The few variables allow
/// the curvature to be kept as a matrix. A minimizer keeps its room, so that it allocates once for many functions.
struct BoundedMinimizer: ~Copyable, Sendable {
  private static let memory = 10
  private static let tolerance = 2.220446049250313e-09
  private static let flatness = 1e-5
  private static let difference = 1e-8
  private static let limit = 15_000

  /// A point with the function's value and gradient there.
  struct Place {
    var point: SmallVector
    var value: Double
    var gradient: SmallVector
  }

  private let lower: SmallVector
  private let upper: SmallVector
  private let curvature: SmallMatrix
  private var updates: FlatList<CurvatureUpdate>

  /// Prepares minimizing in a box.
  init(lower: SmallVector, upper: SmallVector) {
    self.lower = lower
    self.upper = upper
    curvature = SmallMatrix(size: lower.count)
    updates = FlatList(filler: CurvatureUpdate(step: lower, change: lower), capacity: Self.memory)
  }

  /// The local minimum that a start leads to.
  mutating func minimum<Function: SmoothFunction & ~Copyable>(
    from start: SmallVector, of function: inout Function
  ) -> Place {
    var place = evaluate(start.map { min(max(start[$0], lower[$0]), upper[$0]) }, &function)
    updates.removeAll()
    var scale = 1.0
    var iteration = 0
    while iteration < Self.limit, !isFlat(place) {
      guard let next = move(from: place, scale, isFirst: iteration == 0, &function) else {
        // Without a step that helps the curvature is forgotten once.
        if updates.count == 0 { return place }
        updates.removeAll()
        scale = 1
        continue
      }
      iteration += 1
      let decrease = place.value - next.value
      let isDone = decrease <= Self.tolerance * max(abs(place.value), abs(next.value), 1)
      let step = place.point.map { next.point[$0] - place.point[$0] }
      let change = place.point.map { next.gradient[$0] - place.gradient[$0] }
      let product = step.dot(change)
      if product > Double.ulpOfOne * -step.dot(place.gradient) {
        remember(CurvatureUpdate(step: step, change: change))
        scale = change.dot(change) / product
      }
      place = next
      if isDone { break }
    }
    return place
  }

  private mutating func remember(_ update: CurvatureUpdate) {
    if updates.count == Self.memory {
      for i in 1..<Self.memory { updates[i - 1] = updates[i] }
      updates.truncate(to: Self.memory - 1)
    }
    updates.append(update)
  }

  private func evaluate<Function: SmoothFunction & ~Copyable>(
    _ point: SmallVector, _ function: inout Function
  ) -> Place {
    let value = function.value(at: point)
    let gradient = point.map { i in
      let beside = point[i] + (point[i] + Self.difference > upper[i] ? -Self.difference : Self.difference)
      return (function.value(with: beside, at: i) - value) / (beside - point[i])
    }
    return Place(point: point, value: value, gradient: gradient)
  }

  private func isFlat(_ place: Place) -> Bool {
    place.point.indices.allSatisfy { i in
      let moved = min(max(place.point[i] - place.gradient[i], lower[i]), upper[i])
      return abs(moved - place.point[i]) <= Self.flatness
    }
  }

  /// One step: to the model's minimum in the box, and along the line there as far as helps.
  private func move<Function: SmoothFunction & ~Copyable>(
    from place: Place, _ scale: Double, isFirst: Bool, _ function: inout Function
  ) -> Place? {
    curvature.reset(diagonal: scale)
    for i in 0..<updates.count { curvature.update(step: updates[i].step, change: updates[i].change) }
    let model = BoundedModel(point: place.point, gradient: place.gradient, lower: lower, upper: upper)
    let cauchy = model.cauchyPoint(curvature)
    guard let target = updates.count == 0 ? cauchy : model.subspaceMinimum(at: cauchy, curvature) else { return nil }
    let direction = place.point.map { target[$0] - place.point[$0] }
    guard place.gradient.dot(direction) < 0 else { return nil }
    let longest = isFirst ? 1 : reach(from: place.point, along: direction)
    let first = isFirst ? min(1 / direction.dot(direction).squareRoot(), longest) : 1
    return search(from: place, along: direction, target: target, first: first, longest: longest, &function)
  }

  /// How far a direction can be followed inside the box.
  private func reach(from point: SmallVector, along direction: SmallVector) -> Double {
    var longest = 1e10
    for i in point.indices where direction[i] != 0 {
      let room = (direction[i] < 0 ? lower : upper)[i] - point[i]
      longest = min(longest, max(0, room / direction[i]))
    }
    return longest
  }

  private func search<Function: SmoothFunction & ~Copyable>(
    from place: Place,
    along direction: SmallVector,
    target: SmallVector,
    first: Double,
    longest: Double,
    _ function: inout Function
  ) -> Place? {
    var line = LineSearch(value: place.value, slope: place.gradient.dot(direction), first: first, limit: longest)
    var step = first
    for _ in 0..<20 {
      let point = place.point.map { i in
        step == 1 ? target[i] : min(max(step * direction[i] + place.point[i], lower[i]), upper[i])
      }
      let next = evaluate(point, &function)
      let trial = LineSearch.Trial(step: step, value: next.value, slope: next.gradient.dot(direction))
      if line.accepts(trial) { return next }
      step = line.step(after: trial)
      guard step.isFinite else { return nil }
    }
    return nil
  }
}

/// A step of a minimization and the change of the gradient along it: what is known of the curvature.
struct CurvatureUpdate: Sendable, BitwiseCopyable {
  var step: SmallVector
  var change: SmallVector
}
