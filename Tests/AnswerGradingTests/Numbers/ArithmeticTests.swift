import BigInt
import Testing

@testable import AnswerGrading

/// Exact arithmetic, its overflow into big integers and residues, and the recognition of fractions.
struct ArithmeticTests {
  private func arithmetic() -> Arithmetic { Arithmetic(budget: 1_000_000, exactBits: 512) }

  @Test func fractionsAreInLowestTerms() {
    for top: Int64 in -12...12 {
      for bottom: Int64 in -12...12 where bottom != 0 {
        guard case .rational(let a, let b) = Number.fraction(top, bottom) else {
          Issue.record("\(top)/\(bottom)")
          continue
        }
        #expect(b > 0)
        #expect(a * bottom == top * b)
        #expect(Number.greatestCommonDivisor(a.magnitude, b.magnitude) == 1 || (a == 0 && b == 1))
      }
    }
  }

  @Test func sumsOverflowIntoBigIntegers() {
    var arithmetic = arithmetic()
    let sum = arithmetic.add(.rational(Int64.max, 1), .rational(Int64.max, 1))
    #expect(sum.bigRational?.numerator == BigInt(Int64.max) * 2)
    let back = arithmetic.subtract(sum, .rational(Int64.max, 1))
    #expect(back.integer == Int64.max)
  }

  @Test func longPowersAreComparedByResidues() {
    var arithmetic = arithmetic()
    let power = arithmetic.integerPower(.rational(3, 1), 1_000)
    let same = arithmetic.integerPower(.rational(9, 1), 500)
    let other = arithmetic.add(power, .one)
    #expect(power.classKey == same.classKey)
    #expect(power.classKey != other.classKey)
    #expect(arithmetic.subtract(other, power).integer == 1)
  }

  @Test func quotientOfLongPowersIsSmallAgain() {
    var arithmetic = arithmetic()
    let quotient = arithmetic.divide(
      arithmetic.integerPower(.rational(2, 1), 5_000), arithmetic.integerPower(.rational(2, 1), 4_998))
    #expect(quotient.integer == 4)
  }

  @Test func undefinedOperations() {
    var arithmetic = arithmetic()
    #expect(arithmetic.divide(.one, .zero).isUndefined)
    #expect(arithmetic.integerPower(.zero, 0).isUndefined)
    #expect(arithmetic.subtract(.infinity(negative: false), .infinity(negative: false)).isUndefined)
    #expect(arithmetic.multiply(.zero, .infinity(negative: false)).isUndefined)
  }

  @Test func exactRootsOfPerfectPowers() {
    for base: UInt64 in 0...40 {
      for index: Int64 in 2...7 {
        var power: UInt64 = 1
        for _ in 0..<index { power *= base }
        #expect(Arithmetic.exactRoot(power, index) == Int64(base))
        if base > 1 { #expect(Arithmetic.exactRoot(power + 1, index) == nil) }
      }
    }
  }

  @Test func approximationsOfFractionsAreRecognized() {
    for top: Int64 in [1, 2, 355, 1_000_003, -17] {
      for bottom: Int64 in [1, 3, 113, 65_537, 999_999_937] {
        let value = WideFloat(top) / WideFloat(bottom)
        guard case .rational(let a, let b)? = RationalRecognition.fraction(value) else {
          Issue.record("\(top)/\(bottom)")
          continue
        }
        #expect(a * bottom == top * b)
      }
    }
  }

  @Test func irrationalNumbersAreNotRecognized() {
    for value in [WideFloat.pi, .euler, .logTwo, WideFloat(Int64(2)).squareRoot] {
      #expect(RationalRecognition.fraction(value) == nil)
    }
  }

  @Test func tooLittlePrecisionIsUndefinedRatherThanGuessed() {
    var arithmetic = arithmetic()
    let tiny = Number.real(WideFloat.pi.scaled(by: -150))
    #expect(arithmetic.add(.real(.pi), tiny).isUndefined)
  }

  @Test func budgetEndsTheWork() {
    var arithmetic = Arithmetic(budget: 10, exactBits: 512)
    var total = Number.real(.pi)
    for _ in 0..<100 { total = arithmetic.add(total, .real(.pi)) }
    #expect(total.isUndefined)
  }
}
