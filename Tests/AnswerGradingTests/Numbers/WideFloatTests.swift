import Testing

@testable import AnswerGrading

/// 256-bit arithmetic against identities that hold exactly.
struct WideFloatTests {
  private func isSmall(_ value: WideFloat, below bits: Int) -> Bool { value.isZero || value.exponent < -bits }

  private static let samples: [WideFloat] = [
    WideFloat(0.1), WideFloat(1.5), WideFloat(Int64(7)), WideFloat(12345.678), WideFloat(-3.25), WideFloat(1e-9),
  ]

  @Test func productAndQuotientAreInverse() {
    for a in Self.samples {
      for b in Self.samples {
        #expect(isSmall((a * b) / b / a - .one, below: 250))
        #expect(isSmall((a + b) - b - a, below: 230))
      }
    }
  }

  @Test func squareRootSquares() {
    for value in Self.samples where !value.negative {
      let root = value.squareRoot
      #expect(isSmall(root * root / value - .one, below: 250))
    }
  }

  @Test func divisionByIntegersAgreesWithDivision() {
    for value in Self.samples {
      for divisor: UInt64 in [1, 3, 10, 999_983, 1 << 40] {
        #expect(isSmall(value.divided(by: divisor) / (value / WideFloat(Int64(divisor))) - .one, below: 250))
      }
    }
  }

  @Test func logarithmInvertsExponential() throws {
    for value in Self.samples {
      let power = try #require(value.exponential)
      let back = try #require(power.logarithm)
      #expect(isSmall(back - value, below: 225))
    }
  }

  @Test func constantsFollowFromFunctions() throws {
    #expect(isSmall(try #require(WideFloat.one.exponential) - .euler, below: 240))
    #expect(isSmall(try #require(WideFloat(Int64(2)).logarithm) - .logTwo, below: 240))
    #expect(isSmall(WideFloat.one.arcTangent.scaled(by: 2) - .pi, below: 240))
  }

  @Test func sineAndCosineSquaredAddToOne() throws {
    for value in Self.samples {
      let (sine, cosine) = try #require(value.sineAndCosine)
      #expect(isSmall(sine * sine + cosine * cosine - .one, below: 240))
    }
  }

  @Test func arcTangentInvertsTangent() throws {
    for value in [WideFloat(0.01), WideFloat(0.9), WideFloat(3.5), WideFloat(-250.0)] {
      let (sine, cosine) = try #require(value.arcTangent.sineAndCosine)
      #expect(isSmall(sine / cosine / value - .one, below: 235))
    }
  }

  @Test func multiplesOfPiHaveExactZeros() throws {
    for multiple: Int64 in [1, 2, 7, 100, -3] {
      #expect(try #require((WideFloat(multiple) * .pi).sineAndCosine).sine.isZero)
      let quarter = try #require((WideFloat(2 * multiple + 1) * .halfPi).sineAndCosine)
      #expect(quarter.cosine.isZero)
    }
  }

  @Test func floorRoundsTowardsMinusInfinity() {
    #expect(WideFloat(2.5).floorInt == 2)
    #expect(WideFloat(-2.5).floorInt == -3)
    #expect(WideFloat(-2.0).floorInt == -2)
    #expect(WideFloat(0.25).floorInt == 0)
    #expect(WideFloat(-0.25).floorInt == -1)
  }

  @Test func largeArgumentsHaveNoExponential() { #expect(WideFloat(1e15).exponential == nil) }
}
