/// Feeds arbitrary bytes to the grader: as one answer, and as two where a zero byte divides them.
///
/// Built by `scripts/fuzz-grading` together with the sources of AnswerGrading.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGrading(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
  let gold = String(decoding: parts[0], as: UTF8.self)
  let answer = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : gold
  check(gold, answer)
  return 0
}

/// Laws that hold for every input.
private func check(_ gold: String, _ answer: String) {
  let grader = Grader()
  let verdict = grader.equals(gold: gold, answer: answer)
  let again = grader.canonicalForm(gold)
  guard again == verdict.gold else { fatalError("two forms of one answer: \(gold)") }
  let forward = verdict.gold == verdict.answer
  let backward = grader.canonicalForm(answer) == again
  guard forward == backward else { fatalError("classes depend on the order: \(gold) \(answer)") }
  guard grader.areEqual(gold: gold, answer: gold) || again.status == .fallback(.empty) else {
    fatalError("not equal to itself: \(gold)")
  }
  _ = verdict.gold.printed
  _ = verdict.gold.key
}
