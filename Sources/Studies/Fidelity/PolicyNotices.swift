import Replay
import Traces

/// What replays under several continuation policies left out, and why: each sentence once, with the policies that it
/// holds for where it holds for some of them only.
struct PolicyNotices: Sendable {
  private var texts: [String] = []
  private var policies: [String: [ContinuationPolicy]] = [:]

  /// Adds a sentence about the replay under a policy, or about one that no policy concerns.
  mutating func note(_ text: String, policy: ContinuationPolicy?) {
    if !texts.contains(text) { texts.append(text) }
    if let policy, policies[text]?.contains(policy) != true { policies[text, default: []].append(policy) }
  }

  /// What a study that has come to its end says of what it left out.
  ///
  /// - Parameters:
  ///   - all: The policies that were compared.
  ///   - hasRows: Whether anything was measured, or would have been had the user not stopped the study.
  /// - Throws: `StudyError.nothingMeasured` where nothing but that is left to say.
  func sentences(of all: [ContinuationPolicy], hasRows: Bool) throws(StudyError) -> [String] {
    let sentences = sentences(of: all)
    guard hasRows else { throw .nothingMeasured(sentences) }
    return sentences
  }

  /// The sentences in the order in which they came up.
  private func sentences(of all: [ContinuationPolicy]) -> [String] {
    texts.map { text in
      let concerned = policies[text] ?? []
      guard !concerned.isEmpty, all.contains(where: { !concerned.contains($0) }) else { return text }
      let names = concerned.map(\.name).joined(separator: ", ")
      return text + (concerned.count == 1 ? " (policy \(names))" : " (policies \(names))")
    }
  }
}

extension Array {
  /// Brings rows of several policies into their order: by what was run, then by policy, the default first; a row that no
  /// policy concerns comes before those.
  mutating func sort(byCell cell: (Element) -> Cell, policy: (Element) -> ContinuationPolicy?) {
    let order = ContinuationPolicy.names
    func rank(_ row: Element) -> Int { policy(row).flatMap { order.firstIndex(of: $0.name) } ?? -1 }
    sort { left, right in
      let (a, b) = (cell(left), cell(right))
      return (a.method, a.aggregate ?? "", a.recording, a.budget, rank(left))
        < (b.method, b.aggregate ?? "", b.recording, b.budget, rank(right))
    }
  }
}
