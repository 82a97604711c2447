import BigInt

extension Evaluator {
  /// n! or n!!; of a value that is not whole, a fixed pseudo-random number that satisfies x! = x (x - 1)!.
  mutating func factorial(_ value: Number, step: Int64) -> Number {
    guard case .rational(let top, let bottom) = value else { return .undefined }
    if bottom == 1 {
      guard top >= 0, top <= 200_000 else { return .undefined }
      return descendingProduct(from: top, count: step == 1 ? top : (top + 1) / 2, step: step)
    }
    guard step == 1 else { return .undefined }
    return generalFactorial(top, bottom)
  }

  private mutating func generalFactorial(_ top: Int64, _ bottom: Int64) -> Number {
    let remainder = top % bottom
    let fraction = remainder < 0 ? remainder + bottom : remainder
    let whole = (top - fraction) / bottom
    guard whole.magnitude < 1_000, arithmetic.spend(Int(whole.magnitude) * 4) else { return .undefined }
    let (a, b) = SamplePoints.value(hash: UInt64(fraction) &* 0x1f35_7a2b &+ UInt64(bottom), at: 1)
    var result = Number.real(WideFloat(a) / WideFloat(b).squareRoot * .pi)
    if whole > 0 {
      for index in 1...whole {
        result = arithmetic.multiply(result, Number.fraction(fraction + index * bottom, bottom))
      }
    } else if whole < 0 {
      for index in whole + 1...0 {
        result = arithmetic.divide(result, Number.fraction(fraction + index * bottom, bottom))
      }
    }
    return result
  }

  /// n (n - s) (n - 2s) ... with the given number of factors.
  private mutating func descendingProduct(from first: Int64, count: Int64, step: Int64) -> Number {
    guard count > 0 else { return .one }
    guard arithmetic.spend(Int(count)) else { return .undefined }
    if count <= 300 { return Number.narrowed(BigRational(exactProduct(from: first, count: count, step: step), 1)) }
    let (p, q) = (PrimeField.first, PrimeField.second)
    var huge = HugeRational(first: 1, second: 1, approximation: .one)
    for index in 0..<count {
      let factor = first - index * step
      huge.first = p.multiply(huge.first, UInt64(factor))
      huge.second = q.multiply(huge.second, UInt64(factor))
      huge.approximation = huge.approximation * WideFloat(factor)
    }
    return Arithmetic.settled(huge)
  }

  /// The same product as a big integer, multiplied in chunks of 64 bits.
  private func exactProduct(from first: Int64, count: Int64, step: Int64) -> BigInt {
    var result = BigInt(1)
    var chunk: Int64 = 1
    for index in 0..<count {
      let factor = first - index * step
      let (product, overflow) = chunk.multipliedReportingOverflow(by: factor)
      if overflow {
        result *= BigInt(chunk)
        chunk = factor
      } else {
        chunk = product
      }
    }
    return result * BigInt(chunk)
  }

  mutating func binomial(_ upper: Number, _ lower: Number) -> Number {
    if let n = upper.integer, n >= 0 {
      guard let k = lower.integer, n <= 200_000 else { return .undefined }
      if k < 0 || k > n { return .zero }
      return wholeBinomial(n, min(k, n - k))
    }
    // x over k for a small natural k, and the factorial formula otherwise.
    if let k = lower.integer, k >= 0, k <= 60 {
      var result = Number.one
      for index in 0..<k {
        let factor = arithmetic.subtract(upper, .rational(index, 1))
        result = arithmetic.divide(arithmetic.multiply(result, factor), .rational(index + 1, 1))
      }
      return result
    }
    let rest = arithmetic.subtract(upper, lower)
    let bottom = arithmetic.multiply(factorial(lower, step: 1), factorial(rest, step: 1))
    return arithmetic.divide(factorial(upper, step: 1), bottom)
  }

  private mutating func wholeBinomial(_ n: Int64, _ k: Int64) -> Number {
    if k <= 1_500 && arithmetic.spend(Int(k) * 8) {
      let top = exactProduct(from: n, count: k, step: 1)
      return Number.narrowed(BigRational(top / exactProduct(from: k, count: k, step: 1), 1))
    }
    let top = descendingProduct(from: n, count: k, step: 1)
    return arithmetic.divide(top, descendingProduct(from: k, count: k, step: 1))
  }

  /// An unknown function: a fixed pseudo-random whole number that depends on its name and the values of its arguments.
  mutating func application(_ index: Int32, _ node: Node) -> Number {
    var hash = tree.symbols[Int(node.payload)].hash
    for child in tree.childList(index) {
      guard let key = values[Int(child)].classKey else { return .undefined }
      hash = KeyBuilder.mix(hash ^ key.low) &+ key.high
    }
    return .rational(Int64(KeyBuilder.mix(hash) >> 44) + 1_000, 1)
  }
}
