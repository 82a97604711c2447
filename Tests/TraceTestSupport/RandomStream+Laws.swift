import Foundation
import Traces

extension RandomStream {
  /// A standard normal number (Box and Muller, Annals of Mathematical Statistics 29, 1958).
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// An index drawn with the given probabilities, which sum to 1.
  mutating func index(law: [Double]) -> Int {
    var rest = uniform()
    for index in law.indices.dropLast() {
      if rest < law[index] { return index }
      rest -= law[index]
    }
    return law.count - 1
  }
}
