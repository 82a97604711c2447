import Testing

@testable import AnswerGrading

/// The two 61-bit prime fields.
struct PrimeFieldTests {
  private static let fields: [PrimeField] = [.first, .second]
  private static let samples: [UInt64] = [0, 1, 2, 12_345, (1 << 61) - 100, 0x0123_4567_89ab_cdef]

  @Test func inversesMultiplyToOne() {
    for field in Self.fields {
      for sample in Self.samples {
        let value = field.reduce(sample)
        guard let inverse = field.inverse(value) else {
          #expect(value == 0)
          continue
        }
        #expect(field.multiply(value, inverse) == 1)
      }
    }
  }

  @Test func productsAgreeWithLongDivision() {
    for field in Self.fields {
      for a in Self.samples {
        for b in Self.samples {
          let (x, y) = (field.reduce(a), field.reduce(b))
          let (high, low) = x.multipliedFullWidth(by: y)
          #expect(field.multiply(x, y) == field.modulus.dividingFullWidth((high, low)).remainder)
        }
      }
    }
  }

  @Test func fermatsLittleTheorem() {
    for field in Self.fields { #expect(field.power(7, field.modulus - 1) == 1) }
  }

  @Test func smallFractionsComeBackFromResidues() throws {
    for field in Self.fields {
      for top: Int64 in [-1_000, -1, 0, 1, 5, 99_999] {
        for bottom: Int64 in [1, 2, 7, 1_000_003] {
          let residue = try #require(field.residue(top, over: bottom))
          let (a, b) = try #require(field.smallFraction(residue))
          #expect(a * bottom == top * b)
        }
      }
    }
  }
}
