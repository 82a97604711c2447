import AnswerGrading
import Foundation
import Testing

/// Texts that are made to stall or crash a reader. Each runs on a thread with the ordinary stack of 512 kB; that none
/// takes quadratic time shows in the work that the test runner gets done, not in a clock.
struct HostileTextTests {
  private static let million = 1_000_000

  private static func repeated(_ piece: String, bytes: Int = million) -> String {
    String(repeating: piece, count: bytes / piece.utf8.count)
  }

  static let openers = [
    #"\boxed{"#, #"\boxed{}"#, #"\fbox{\boxed{"#, "{", "}", "$", "$$", #"\("#, #"\["#, "(", "[1, ", "answer is ",
    "Answer: {",
    "the answer is $", "is is ", #"\begin{align}"#, #"\begin{pmatrix}"#, "#### ", "**", "is the answer. ", "1,000,",
    "1 000 ",
    "-", "1+", "x^", #"\frac{"#, #"\text{"#, "<think>", "<|im_end|>", "</think>", "<answer>", "\n\n", ". ", "= ",
    #"\\"#, "\"",
    "答案是", "ответ ", "réponse ", "respuesta ", #"\boxed{1}, "#, #"\boxed{1}\boxed{2}"#, #"\boxed "#, #"\colorbox{"#,
    "~", "\u{200F}",
    "\u{202E}7", "😀", "e\u{301}", #"\boxed{\boxed{}"#, "box", "the final answer is 12 and ", "$5 ", "Answer\n",
    "answer is \\(",
  ]

  @Test(arguments: openers)
  func oneMegabyteOfOnePiece(piece: String) {
    let text = Self.repeated(piece)
    onSmallStack {
      for ending in ["", " 7", #" \boxed{7}"#, #" The answer is 7."#] {
        _ = AnswerExtractor().extract(from: text + ending)
      }
    }
  }

  @Test(arguments: openers)
  func presetsOfOthersEnd(piece: String) {
    let text = Self.repeated(piece, bytes: 20_000)
    onSmallStack {
      #expect(AnswerExtractor(preset: .sal).extract(from: text) != nil)
      #expect(AnswerExtractor(preset: .qwen).extract(from: text + #"\boxed{7 m}"#) != nil)
    }
  }

  @Test func boxBehindAMegabyteOfOpenOnes() {
    let text = Self.repeated(#"\boxed{"#) + #" so \boxed{7}"#
    #expect(AnswerExtractor().extract(from: text) == "7")
  }

  @Test func nestedBoxes() {
    let depth = 100_000
    let text = String(repeating: #"\boxed{"#, count: depth) + "5" + String(repeating: "}", count: depth)
    onSmallStack { #expect(AnswerExtractor().extract(from: text)?.contains("5") == true) }
  }

  @Test(arguments: ["=1", "is 1 is", "1 and ", #"\text{is }"#, "$1$, ", "{", "(1", "a b c ", #"\quad "#, "&", #"\\"#])
  func megabyteInOneBox(piece: String) {
    let text = #"\boxed{aa bb cc "# + Self.repeated(piece) + "}"
    onSmallStack { _ = AnswerExtractor().extract(from: text) }
  }

  @Test func longAnswer() {
    let digits = Self.repeated("7")
    #expect(AnswerExtractor().extract(from: #"\boxed{"# + digits + "}") == digits)
    #expect(AnswerExtractor().extract(from: "The answer is \(digits.prefix(3_000)).") == String(digits.prefix(3_000)))
  }

  @Test func invalidUTF8() {
    let invalid: [[UInt8]] = [
      [0xFF], [0xC3], [0xE2, 0x80], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0x80, 0x80], [0xE2], [0xFE, 0xFF],
    ]
    for bytes in invalid {
      for (before, after) in [(#"\boxed{"#, "7}"), ("The answer is ", "7."), ("", " 7"), ("7 ", ""), ("", "")] {
        let text = Array(before.utf8) + bytes + Array(after.utf8)
        for preset in ExtractionPreset.allCases {
          let answer = text.withUnsafeBufferPointer { AnswerExtractor(preset: preset).extract(from: $0) }
          if before.hasPrefix("\\") { #expect(answer?.contains("7") == true) }
        }
      }
    }
  }

  @Test func invisibleCharactersDisappear() {
    #expect(AnswerExtractor().extract(from: "\\boxed{\u{202E}12\u{200F}\u{200B}}") == "12")
    #expect(AnswerExtractor().extract(from: "The answer is \u{2068}12\u{2069}.") == "12")
    #expect(AnswerExtractor().extract(from: "\\boxed{1\u{A0}000}") == "1 000")
    #expect(AnswerExtractor().extract(from: "\u{FEFF}\\boxed{12}") == "12")
    #expect(AnswerExtractor().extract(from: "\\boxed{1\u{0}2}\u{0}") == "1 2")
  }

  @Test func bytesAndStringsAgree() {
    for text in [#"So \boxed{7}."#, "The answer is 12.", "", "нет ответа", "#### 5"] {
      let fromBytes = Array(text.utf8).withUnsafeBufferPointer { AnswerExtractor().extract(from: $0) }
      #expect(fromBytes == AnswerExtractor().extract(from: text))
    }
    #expect(AnswerExtractor().extract(from: UnsafeBufferPointer(start: nil, count: 0)) == nil)
  }

  /// Runs a piece of work on a thread with a stack of 512 kB and waits for it.
  private func onSmallStack(_ work: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      work()
      done.signal()
    }
    thread.stackSize = 512 * 1_024
    thread.start()
    done.wait()
  }
}
