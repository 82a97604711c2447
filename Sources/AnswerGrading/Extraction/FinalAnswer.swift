/// The project's own extraction: the last box; an announcement ("the answer is ...") behind it or, without a box,
/// anywhere; else what the last sentence concludes.
enum FinalAnswer {
  /// The final answer in a text, nil where it gives none.
  static func find(in text: TextBytes) -> String? {
    let turn = Turn(of: text)
    if let answer = stated(in: text[turn.range]) { return answer }
    if !turn.endsInThoughts, let answer = text[turn.range].concludedAnswer(isFinished: turn.isFinished) {
      return answer
    }
    return turn.thoughts.isEmpty ? nil : stated(in: text[turn.thoughts])
  }

  /// The answer that a box or a phrase states.
  private static func stated(in text: TextBytes) -> String? {
    let box = text.lastBox()
    if let answer = text.announcedAnswer(from: box?.end ?? 0, isBehindBox: box != nil) { return answer }
    guard let box else { return nil }
    return BoxGroup(endingWith: box, in: text).answer(in: text)
  }
}
