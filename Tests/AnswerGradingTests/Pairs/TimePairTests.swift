import Testing

@testable import AnswerGrading

/// Times of day and durations.
struct TimePairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"3\text{ hours}"#, #"180\text{ minutes}"#),
    AnswerPair(#"3:15\text{ p.m.}"#, #"15:15"#),
    AnswerPair(#"3:15\text{ p.m.}"#, #"3:15 PM"#),
    AnswerPair(#"3:15\text{ p.m.}"#, #"3:15pm"#),
    AnswerPair(#"2\text{ hours }30\text{ minutes}"#, #"150\text{ minutes}"#),
    AnswerPair(#"2\text{ hours }30\text{ minutes}"#, #"2.5\text{ hours}"#),
    AnswerPair(#"\text{9:00 a.m.}"#, #"9:00 AM"#),
    AnswerPair(#"\text{9:00 a.m.}"#, #"9 a.m."#),
    AnswerPair(#"\text{9:00 a.m.}"#, #"9:00"#),
    AnswerPair(#"\text{12:30 p.m.}"#, #"12:30 PM"#),
    AnswerPair(#"\text{12:00 a.m.}"#, #"0:00"#),
    AnswerPair(#"\text{4 hours and 30 minutes}"#, #"4 hours 30 minutes"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"3\text{ hours}"#, #"3\text{ minutes}"#),
    AnswerPair(#"3:15\text{ p.m.}"#, #"3:15 AM"#),
    AnswerPair(#"3:15\text{ p.m.}"#, #"3:51 p.m."#),
    AnswerPair(#"\text{9:00 a.m.}"#, #"9:00 p.m."#),
    AnswerPair(#"\text{9:00 a.m.}"#, #"9"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
