import Testing
@testable import AnswerGrading
@Test func scratch() {
  let two = WideFloat(Int64(2)); let six = WideFloat(Int64(6))
  print(two.squareRoot)
  let r = six.squareRoot
  print(r.divided(by: 6)); print(r.reciprocal)
  print((r*r)); print(WideFloat(Int64(5)).logarithm!.divided(by: 3).exponential!)
  let c = WideFloat(Int64(5)).logarithm!.divided(by: 3).exponential!
  print(c*c*c, WideFloat(Int64(2)).logarithm! - WideFloat.logTwo, WideFloat(Int64(1)).exponential! - .euler)
  print(WideFloat(Int64(1)).arcTangent.scaled(by: 2) - .pi)
}
