import Testing

@testable import AnswerGrading

/// Units, angles and money.
struct UnitPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"\$1,250"#, #"1250"#),
    AnswerPair(#"\$1,250"#, #"\$1250.00"#),
    AnswerPair(#"\$1,250"#, #"1,250 dollars"#),
    AnswerPair(#"\$1,250"#, #"1250\text{ USD}"#),
    AnswerPair(#"12\text{ cm}"#, #"12"#),
    AnswerPair(#"12\text{ cm}"#, #"12cm"#),
    AnswerPair(#"12\text{ cm}"#, #"12\,\text{centimeters}"#),
    AnswerPair(#"12\text{ cm}"#, #"12\mathrm{cm}"#),
    AnswerPair(#"12\text{ cm}^2"#, #"12\text{ square centimeters}"#),
    AnswerPair(#"12\text{ cm}^2"#, #"12 \text{ sq cm}"#),
    AnswerPair(#"12\text{ cm}^2"#, #"12 cm^2"#),
    AnswerPair(#"12\text{ cm}^2"#, #"12\ \text{cm}^{2}"#),
    AnswerPair(#"3\text{ hours}"#, #"3 hrs"#),
    AnswerPair(#"3\text{ hours}"#, #"3 hours"#),
    AnswerPair(#"60\text{ mph}"#, #"60 miles per hour"#),
    AnswerPair(#"60\text{ mph}"#, #"60"#),
    AnswerPair(#"9.8\text{ m/s}^2"#, #"9.8\ \mathrm{m/s^2}"#),
    AnswerPair(#"9.8\text{ m/s}^2"#, #"9.8\,\mathrm{m}\,\mathrm{s}^{-2}"#),
    AnswerPair(#"9.8\text{ m/s}^2"#, #"9.8"#),
    AnswerPair(#"5\text{ kg}"#, #"5\,\mathrm{kg}"#),
    AnswerPair(#"5\text{ kg}"#, #"5000\text{ g}"#),
    AnswerPair(#"45^\circ"#, #"45"#),
    AnswerPair(#"45^\circ"#, #"45°"#),
    AnswerPair(#"45^\circ"#, #"45\text{ degrees}"#),
    AnswerPair(#"45^\circ"#, #"45^{\circ}"#),
    AnswerPair(#"45^\circ"#, #"45\degree"#),
    AnswerPair(#"45^\circ"#, #"\theta = 45^\circ"#),
    AnswerPair(#"7\text{ students}"#, #"7"#),
    AnswerPair(#"7\text{ students}"#, #"7 students"#),
    AnswerPair(#"3\times 10^8\text{ m/s}"#, #"3e8"#),
    AnswerPair(#"\sum_{n=0}^{\infty}\frac{1}{2^n}"#, #"2"#),
    AnswerPair(#"63^\circ 30'"#, #"63.5^\circ"#),
    AnswerPair(#"\angle ABC=60^\circ"#, #"60^\circ"#),
    AnswerPair(#"10\sqrt{2}\text{ cm}"#, #"10\sqrt{2}"#),
    AnswerPair(#"\$12.50"#, #"12.5"#),
    AnswerPair(#"\$12.50"#, #"12.50 dollars"#),
    AnswerPair(#"50\text{ cents}"#, #"\$0.50"#),
    AnswerPair(#"1.5\text{ million}"#, #"1500000"#),
    AnswerPair(#"1{,}000{,}000"#, #"1\text{ million}"#),
    AnswerPair(#"9\pi\text{ square units}"#, #"9\pi"#),
    AnswerPair(#"9\pi\text{ square units}"#, #"9\pi\text{ units}^2"#),
    AnswerPair(#"9\pi\text{ square units}"#, #"9\pi units²"#),
    AnswerPair(#"a^{m}a^{n}"#, #"a^{m+n}"#),
    AnswerPair(#"y=2x\text{ ft}"#, #"y=2x"#),
    AnswerPair(#"x = 4 \text{ cm}"#, #"4"#),
    AnswerPair(#"\frac{3}{8}\text{ inch}"#, #"\frac38"#),
    AnswerPair(#"50^{\circ}"#, #"50^\circ \text{ C}"#),
    AnswerPair(#"-40\text{ degrees}"#, #"-40"#),
    AnswerPair(#"3\operatorname{cis}60^\circ"#, #"3\operatorname{cis}60^\circ"#),
    AnswerPair(#"mgh"#, #"m g h"#),
    AnswerPair(#"6\text{ ft }2\text{ in}"#, #"6 ft 2 in"#),
    AnswerPair(#"4\frac{1}{2}\text{ hours}"#, #"4.5"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"12\text{ cm}"#, #"12\text{ m}"#),
    AnswerPair(#"12\text{ cm}"#, #"12\text{ cm}^2"#),
    AnswerPair(#"45^\circ"#, #"\frac{\pi}{4}"#),
    AnswerPair(#"45^\circ"#, #"54^\circ"#),
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
