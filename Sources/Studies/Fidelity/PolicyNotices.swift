import Replay

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

  /// The sentences in the order in which they came up.
  ///
  /// - Parameter all: The policies that were compared.
  func sentences(of all: [ContinuationPolicy]) -> [String] {
    texts.map { text in
      let concerned = policies[text] ?? []
      guard !concerned.isEmpty, all.contains(where: { !concerned.contains($0) }) else { return text }
      let names = concerned.map(\.name).joined(separator: ", ")
      return text + (concerned.count == 1 ? " (policy \(names))" : " (policies \(names))")
    }
  }
}
