/// What of a text is the model's own last turn: without thoughts, without the tokens that end a turn, and without
/// anything behind them.
struct Turn {
  /// The range of the answer's part of the text.
  var range: Range<Int>
  /// The range of thoughts before it, empty where there are none.
  var thoughts: Range<Int>
  /// Whether thoughts begin but do not end: the text was cut off within them.
  var endsInThoughts: Bool
  /// Whether a token says that the model had finished.
  var isFinished: Bool

  /// Finds the turn in a text, in one pass over the text.
  init(of text: TextBytes) {
    range = 0..<text.count
    thoughts = 0..<0
    endsInThoughts = false
    isFinished = false
    var index = 0
    while let candidate = text.firstIndex(of: ASCII.less, from: index) {
      index = candidate + 1
      if readTag(at: candidate, of: text) { return }
    }
  }

  /// Takes in the tag at an index, if there is one; true where the turn ends there.
  private mutating func readTag(at index: Int, of text: TextBytes) -> Bool {
    switch text[index + 1] {
    case UInt8(ascii: "t") where text.has("<think>", at: index):
      endsInThoughts = true
    case UInt8(ascii: "/") where text.has("</think>", at: index):
      thoughts = 0..<index
      range = (index + 8)..<text.count
      endsInThoughts = false
    default:
      guard let end = text.endOfTurnToken(at: index) else { return false }
      if text[range.lowerBound..<index].isBlank {
        range = text.skippingRoleName(from: end)..<text.count
        return false
      }
      range = range.lowerBound..<index
      isFinished = true
      return true
    }
    return false
  }
}

extension TextBytes {
  /// The index after a token that ends or begins a turn (`<|im_end|>`, `</s>`, `<end_of_turn>` ...) at an index.
  fileprivate func endOfTurnToken(at index: Int) -> Int? {
    switch self[index + 1] {
    case UInt8(ascii: "|"), UInt8(ascii: "/"), UInt8(ascii: "e"), UInt8(ascii: "s"), 0xEF: break
    default: return nil
    }
    for token in turnTokens where has(token, at: index) {
      return index + token.utf8CodeUnitCount
    }
    return nil
  }

  /// The index after the name of a role and its line end, as chat templates write it behind a token.
  fileprivate func skippingRoleName(from index: Int) -> Int {
    for role: StaticString in ["assistant", "user", "system", "model"] where has(role, at: index) {
      return skippingBlanks(from: index + role.utf8CodeUnitCount)
    }
    return index
  }
}

private let turnTokens: [StaticString] = [
  "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>", "<|end|>",
  "<|start_header_id|>", "<|user|>", "<|assistant|>", "<|eot|>", "</s>", "<end_of_turn>", "<start_of_turn>",
  "<｜end▁of▁sentence｜>", "<｜User｜>",
]
