extension ResamplingScheme {
  /// Srinivasan sampling process: fractional parts of N p are paired off until each is 0 or 1.
  ///
  /// M. Gerber, N. Chopin and N. Whiteley, "Negative association, ordering and convergence of resampling methods",
  /// Annals of Statistics 47 (2019), algorithm 2, doi 10.1214/18-AOS1746.
  static func srinivasan(
    _ weights: borrowing FlatStorage<Double>,
    _ count: Int,
    _ ancestors: borrowing FlatStorage<Int32>,
    _ scratch: borrowing FlatStorage<Double>,
    _ stream: inout some UniformSource
  ) {
    let unit = total(weights, count) / Double(count)
    for i in 0..<count { scratch[i] = weights[i] / unit }
    var open = 0
    for next in 1..<max(count, 1) {
      open = settle(scratch, open, next, uniform: stream.uniform())
    }
    scratch[open] = scratch[open].rounded()
    var filled = 0
    for i in 0..<count {
      for _ in 0..<Int(scratch[i].rounded()) where filled < count {
        ancestors[filled] = Int32(truncatingIfNeeded: i)
        filled += 1
      }
    }
    // Rounding of the sum may leave the last place open.
    while filled < count {
      ancestors[filled] = Int32(truncatingIfNeeded: open)
      filled += 1
    }
  }

  /// Moves mass between two fractional parts so that one of them vanishes, keeping both expectations.
  ///
  /// - Returns: The index that stays fractional.
  private static func settle(_ copies: borrowing FlatStorage<Double>, _ first: Int, _ second: Int, uniform: Double)
    -> Int
  {
    let left = copies[first] - copies[first].rounded(.down)
    let right = copies[second] - copies[second].rounded(.down)
    let up = min(1 - left, right)
    let down = min(left, 1 - right)
    guard up + down > 0 else { return second }
    if uniform * (up + down) < down {
      // Probability down / (up + down): the first gains `up`, which keeps E[change] = 0.
      copies[first] += up
      copies[second] -= up
      return right <= 1 - left
        ? settled(copies, second, open: first) : settled(copies, first, open: second)
    }
    copies[first] -= down
    copies[second] += down
    return left <= 1 - right
      ? settled(copies, first, open: second) : settled(copies, second, open: first)
  }

  /// Rounds an index that has become whole and returns the one that is still open.
  private static func settled(_ copies: borrowing FlatStorage<Double>, _ whole: Int, open: Int) -> Int {
    copies[whole] = copies[whole].rounded()
    return open
  }
}
