import Foundation

/// A mixture of two Weibull laws of path probabilities: the more probable paths and the less probable ones.
///
/// Z. Zhou et al., arXiv 2502.00511, section 4 (reasoning pruning), fitted as the paper's program does (github.com/WNJXYK/RPC
/// at ec0d75a, `compute_rpc.py`): maximum likelihood from the shares 0.5 and 0.5, shapes 1 and 1.5, scales 1 and 2, with
/// shares in 0.2...0.8 and shapes and scales of at least 0.01. The likelihood has many local maxima, and is unbounded where a
/// component narrows to one path, so the start is part of the definition.
struct WeibullMixture: Hashable, Sendable, BitwiseCopyable {
  /// One Weibull law.
  struct Component: Hashable, Sendable, BitwiseCopyable {
    var shape: Double
    var scale: Double

    var mean: Double { scale * tgamma(1 + 1 / shape) }

    func density(_ value: Double) -> Double {
      let ratio = value / scale
      return shape / scale * pow(ratio, shape - 1) * exp(-pow(ratio, shape))
    }
  }

  /// The share of the first component.
  var share: Double
  var first: Component
  var second: Component

  init(share: Double, first: Component, second: Component) {
    self.share = share
    self.first = first
    self.second = second
  }

  /// The mixture with the parameters share, shape and scale of the first, shape and scale of the second component.
  init(parameters: SmallVector) {
    self.init(
      share: parameters[0], first: Component(shape: parameters[1], scale: parameters[2]),
      second: Component(shape: parameters[3], scale: parameters[4]))
  }

  /// The same mixture with the component of the larger mean first.
  var ordered: WeibullMixture {
    first.mean < second.mean ? WeibullMixture(share: 1 - share, first: second, second: first) : self
  }

  /// Whether a value more probably belongs to the second component, after a fit the one of the less probable paths.
  func isOfSecond(_ value: Double) -> Bool {
    let own = share * first.density(value)
    let probability = own / (own + (1 - share) * second.density(value))
    // Where both densities vanish nothing can be said, and the value stays with the first.
    return probability < 1 - probability
  }
}
