import Estimation

/// How a problem's recorded rollouts vote: one class after the other.
struct AnswerVotes: Sendable {
  /// One class.
  struct Row: Hashable, Sendable {
    /// The class: 0 right, 1... wrong.
    var answerClass: Int
    /// An answer of the class.
    var answer: String?
    /// Complete independent rollouts with such an answer: what a majority vote counts.
    var votes: Int
    /// All recorded ends with such an answer, those of branches and of searches included.
    var ends: Int
  }

  /// The classes that occur, the largest first.
  let rows: [Row]
  /// Complete independent rollouts.
  let rollouts: Int
  /// Those of them without an answer.
  let withoutAnswer: Int
  /// All recorded ends.
  let ends: Int

  init(_ record: ProblemRecord) {
    let tree = record.tree
    var votes = [Int](repeating: 0, count: tree.classCount)
    for node in tree.rollouts where tree.answerClass[Int(node)] >= 0 { votes[Int(tree.answerClass[Int(node)])] += 1 }
    var ends = [Int](repeating: 0, count: tree.classCount)
    for node in 0..<tree.nodeCount where tree.isTerminal[node] && tree.answerClass[node] >= 0 {
      ends[Int(tree.answerClass[node])] += Int(tree.visits[node])
    }
    rows = votes.indices.filter { ends[$0] > 0 || votes[$0] > 0 }.map {
      Row(answerClass: $0, answer: record.answers[$0], votes: votes[$0], ends: ends[$0])
    }.sorted { ($1.votes, $1.ends, $0.answerClass) < ($0.votes, $0.ends, $1.answerClass) }
    rollouts = tree.rollouts.count
    withoutAnswer = tree.rollouts.count { tree.answerClass[Int($0)] < 0 }
    self.ends = record.ends[0]
  }

  /// Lines for a terminal.
  ///
  /// - Parameter top: The most classes shown; `nil` for all.
  func lines(top: Int?) -> [String] {
    var lines = [
      "votes of " + OneLineText.count(rollouts, "complete rollout")
        + (ends > rollouts ? ", \(ends) recorded ends in all" : "")
    ]
    for row in rows.prefix(top ?? .max) {
      let verdict = row.answerClass == 0 ? "right" : "wrong"
      let answer = OneLineText.shortened(row.answer ?? "", to: 60)
      let votes = OneLineText.count(row.votes, "vote")
      let others = row.ends > row.votes ? ", " + OneLineText.count(row.ends, "end") : ""
      lines.append("  class \(row.answerClass), \(verdict): \(votes)\(others)  \(answer)")
    }
    let hidden = rows.dropFirst(top ?? .max)
    if !hidden.isEmpty {
      lines.append("  … \(hidden.count) more, " + OneLineText.count(hidden.reduce(0) { $0 + $1.votes }, "vote"))
    }
    if withoutAnswer > 0 { lines.append("  no answer: \(withoutAnswer)") }
    return lines
  }

  /// The classes as JSON.
  var json: JSONValue {
    .array(
      rows.map { row in
        .object([
          .init("class", .integer(row.answerClass)), .init("answer", .optional(row.answer)),
          .init("right", .bool(row.answerClass == 0)), .init("votes", .integer(row.votes)),
          .init("ends", .integer(row.ends)),
        ])
      })
  }
}
