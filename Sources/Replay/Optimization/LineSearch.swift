/// A search along a line for a step that lowers a function enough and flattens its slope.
///
/// J. J. Moré and D. J. Thuente, ACM TOMS 20 (1994), doi 10.1145/192115.192132, with the constants of L-BFGS-B 3.0:
/// sufficient decrease 1e-3, curvature 0.9, relative width 0.1.
struct LineSearch {
  /// A step with the function's value and its slope along the line.
  struct Trial {
    var step: Double
    var value: Double
    var slope: Double
  }

  private static let decrease = 1e-3
  private static let curvature = 0.9
  private static let narrowest = 0.1

  private let start: Trial
  private let limit: Double
  private var best: Trial
  private var other: Trial
  private var isBracketed = false
  private var hasLowered = false
  private var low = 0.0
  private var high: Double
  private var width: Double
  private var widthBefore: Double

  /// Begins at step 0.
  ///
  /// - Parameters:
  ///   - value: The function's value at step 0.
  ///   - slope: Its slope there, below 0.
  ///   - first: The first step that will be tried.
  ///   - limit: The longest step.
  init(value: Double, slope: Double, first: Double, limit: Double) {
    start = Trial(step: 0, value: value, slope: slope)
    self.limit = limit
    best = start
    other = start
    high = 5 * first
    width = limit
    widthBefore = 2 * limit
  }

  private var wantedSlope: Double { Self.decrease * start.slope }

  /// Whether a trial ends the search.
  mutating func accepts(_ trial: Trial) -> Bool {
    let bound = start.value + trial.step * wantedSlope
    if trial.value <= bound, trial.slope >= 0 { hasLowered = true }
    if isBracketed, trial.step <= low || trial.step >= high || high - low <= Self.narrowest * high { return true }
    if trial.step == limit, trial.value <= bound, trial.slope <= wantedSlope { return true }
    if trial.step == 0, trial.value > bound || trial.slope >= wantedSlope { return true }
    return trial.value <= bound && abs(trial.slope) <= Self.curvature * -start.slope
  }

  /// The next step to try after one that was not accepted.
  mutating func step(after trial: Trial) -> Double {
    var step: Double
    let bound = start.value + trial.step * wantedSlope
    if !hasLowered, trial.value <= best.value, trial.value > bound {
      // The function less the wanted decrease: its minimum is a step of the kind sought.
      best = tilted(best, by: -1)
      other = tilted(other, by: -1)
      step = update(tilted(trial, by: -1))
      best = tilted(best, by: 1)
      other = tilted(other, by: 1)
    } else {
      step = update(trial)
    }
    if isBracketed {
      if abs(other.step - best.step) >= 0.66 * widthBefore { step = best.step + 0.5 * (other.step - best.step) }
      widthBefore = width
      width = abs(other.step - best.step)
      low = min(best.step, other.step)
      high = max(best.step, other.step)
    } else {
      low = step + 1.1 * (step - best.step)
      high = step + 4 * (step - best.step)
    }
    step = max(0, min(limit, step))
    let isDone = isBracketed && (step <= low || step >= high || high - low <= Self.narrowest * high)
    return isDone ? best.step : step
  }

  private func tilted(_ trial: Trial, by sign: Double) -> Trial {
    Trial(
      step: trial.step, value: trial.value + sign * trial.step * wantedSlope, slope: trial.slope + sign * wantedSlope)
  }

  /// Takes a trial into the interval and returns a safeguarded step from the interpolations.
  private mutating func update(_ trial: Trial) -> Double {
    let turns = trial.slope * (best.slope < 0 ? -1 : 1) < 0
    let step: Double
    if trial.value > best.value {
      step = Interpolation.beyondAMinimum(best, trial)
      isBracketed = true
    } else if turns {
      step = Interpolation.pastATurn(best, trial)
      isBracketed = true
    } else if abs(trial.slope) < abs(best.slope) {
      step = Interpolation.flattening(
        best, trial, other: isBracketed ? other.step : nil, low: low, high: high)
    } else if isBracketed {
      step = Interpolation.cubic(trial, other)
    } else {
      step = trial.step > best.step ? high : low
    }
    if trial.value > best.value {
      other = trial
    } else {
      if turns { other = best }
      best = trial
    }
    return step
  }
}

/// The interpolated steps of a line search between the best trial x so far and the present one p.
private enum Interpolation {
  typealias Trial = LineSearch.Trial

  private static func theta(_ x: Trial, _ p: Trial) -> Double {
    3 * (x.value - p.value) / (p.step - x.step) + x.slope + p.slope
  }

  private static func gamma(_ x: Trial, _ p: Trial, _ theta: Double) -> Double {
    let scale = max(abs(theta), abs(x.slope), abs(p.slope))
    let square = (theta / scale) * (theta / scale) - (x.slope / scale) * (p.slope / scale)
    return scale * max(0, square).squareRoot()
  }

  /// The value has risen: the cubic's minimum, or half way to the quadratic's, whichever is nearer to x.
  static func beyondAMinimum(_ x: Trial, _ p: Trial) -> Double {
    let theta = theta(x, p)
    let gamma = p.step < x.step ? -gamma(x, p, theta) : gamma(x, p, theta)
    let share = (gamma - x.slope + theta) / (gamma - x.slope + gamma + p.slope)
    let cubic = x.step + share * (p.step - x.step)
    let slope = (x.value - p.value) / (p.step - x.step)
    let quadratic = x.step + x.slope / (slope + x.slope) / 2 * (p.step - x.step)
    return abs(cubic - x.step) <= abs(quadratic - x.step) ? cubic : cubic + (quadratic - cubic) / 2
  }

  /// The slope has changed its sign: the cubic's minimum or the secant's, whichever is further from p.
  static func pastATurn(_ x: Trial, _ p: Trial) -> Double {
    let cubic = cubic(p, x)
    let secant = secant(x, p)
    return abs(cubic - p.step) > abs(secant - p.step) ? cubic : secant
  }

  /// The slope has become flatter: the cubic may have no minimum on the way.
  static func flattening(_ x: Trial, _ p: Trial, other: Double?, low: Double, high: Double) -> Double {
    let theta = theta(x, p)
    let gamma = p.step > x.step ? -gamma(x, p, theta) : gamma(x, p, theta)
    let share = (gamma - p.slope + theta) / (gamma + (x.slope - p.slope) + gamma)
    let cubic = share < 0 && gamma != 0 ? p.step + share * (x.step - p.step) : p.step > x.step ? high : low
    let secant = secant(x, p)
    let isCubicNearer = abs(cubic - p.step) < abs(secant - p.step)
    guard let other else {
      return max(low, min(high, abs(cubic - p.step) > abs(secant - p.step) ? cubic : secant))
    }
    let bound = p.step + 0.66 * (other - p.step)
    let step = isCubicNearer ? cubic : secant
    return p.step > x.step ? min(bound, step) : max(bound, step)
  }

  /// The minimum of the cubic through two trials, from p's side.
  static func cubic(_ p: Trial, _ x: Trial) -> Double {
    let theta = theta(x, p)
    let gamma = p.step > x.step ? -gamma(x, p, theta) : gamma(x, p, theta)
    let share = (gamma - p.slope + theta) / (gamma - p.slope + gamma + x.slope)
    return p.step + share * (x.step - p.step)
  }

  private static func secant(_ x: Trial, _ p: Trial) -> Double {
    p.step + p.slope / (p.slope - x.slope) * (x.step - p.step)
  }
}
