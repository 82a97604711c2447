import Estimation
import Traces

/// A problem's recorded tree as `retrace inspect` shows it.
public struct TreeInspection: Sendable {
  let record: ProblemRecord
  let bounds: OutlineBounds

  /// The recording shown.
  public var recording: String { record.group.name }

  /// The tree for a terminal.
  public var text: String {
    let votes = AnswerVotes(record).lines(top: bounds.top)
    return (record.heading + [""] + votes + [""]).map { $0 + "\n" }.joined() + view.text
  }

  /// The tree in the language of Graphviz.
  public var graphviz: String { view.graphviz(title: record.problem.key) }

  /// The tree in the language of Mermaid.
  public var mermaid: String { view.mermaid }

  private var view: OutlineView { OutlineView(record.outline, bounds: bounds) }

  /// The document that `--json` prints, with a line break at its end; texts are whole.
  public var json: String {
    let votes = AnswerVotes(record)
    let view = view
    let document = JSONValue.object(
      record.members + [
        .init("rollouts", .integer(votes.rollouts)), .init("withoutAnswer", .integer(votes.withoutAnswer)),
        .init("classes", votes.json), .init("nodes", .array(view.order.map { record.json(of: $0) })),
        .init("nodesLeftOut", .integer(view.hiddenCount)),
      ])
    return document.text(unfolded: 2) + "\n"
  }
}

extension ProblemRecord {
  /// What the record is of, in lines.
  var heading: [String] {
    let statement = problem.statement.map { ": " + OneLineText.shortened($0, to: 200) } ?? ""
    let columns = tree.columns.map { "\($0.scorer) \($0.channel.rawValue)" }.joined(separator: ", ")
    return [
      OneLineText.shortened(problem.key, to: 200) + statement,
      "gold answer: " + (problem.answer.map { OneLineText.shortened($0, to: 200) } ?? "none"),
      "recording \(group.name): \(segments) rollouts and branches, \(tree.nodeCount - 1) nodes, "
        + "\(tree.maximumDepth) steps at most",
      "scores: " + (columns.isEmpty ? "none" : columns),
    ]
  }

  /// What the record is of, as JSON.
  var members: [JSONValue.Member] {
    [
      .init("problem", .string(problem.key)), .init("statement", .optional(problem.statement)),
      .init("answer", .optional(problem.answer)), .init("recording", .string(group.name)),
    ]
  }

  /// The recorded tree: a node's entry has the node's number.
  var outline: Outline {
    let entries = (0..<tree.nodeCount).map { node in
      Outline.Entry(
        parent: Int(tree.parent[node]), depth: Int(tree.depth[node]), weight: Int(tree.visits[node]),
        title: node == 0 ? "prompt" : title(of: node),
        text: node == 0 ? nil : OneLineText.shortened(texts[node], to: 60),
        outcome: outcome(of: node) ?? share(of: node),
        kind: kind(of: node))
    }
    return Outline(entries: entries, unit: "draw")
  }

  /// Visits and scores.
  private func title(of node: Int) -> String {
    let scores = tree.scores.map { column in
      column[node].isNaN ? "–" : OneLineText.score(column[node])
    }
    return (["\(tree.visits[node])x"] + scores).joined(separator: " ")
  }

  /// How many of the ends below a node are right; `nil` where the path goes on to one end only.
  private func share(of node: Int) -> String? {
    guard ends[node] > 0 else { return tree.children(of: node).isEmpty ? "(open)" : "(no end below)" }
    return tree.children(of: node).count == 1 && node > 0 ? nil : "(\(rightEnds[node]) of \(ends[node]) right)"
  }

  /// A node as JSON.
  fileprivate func json(of node: Int) -> JSONValue {
    let answerClass = Int(tree.answerClass[node])
    let hasAnswer = tree.isTerminal[node] && answerClass >= 0
    return .object([
      .init("node", .integer(node)), .init("parent", node == 0 ? .null : .integer(Int(tree.parent[node]))),
      .init("depth", .integer(Int(tree.depth[node]))), .init("visits", .integer(Int(tree.visits[node]))),
      .init("text", .string(texts[node])),
      .init("tokens", tree.tokens[node] < 0 ? .null : .integer(Int(tree.tokens[node]))),
      .init("logprob", .number(tree.logProbability[node])), .init("scores", scores(of: node, .step)),
      .init("prefixScores", scores(of: node, .prefix)), .init("ends", .integer(ends[node])),
      .init("rightEnds", .integer(rightEnds[node])), .init("terminal", .bool(tree.isTerminal[node])),
      .init("class", hasAnswer ? .integer(answerClass) : .null),
      .init("answer", hasAnswer ? .optional(answers[answerClass]) : .null),
      .init("right", tree.isTerminal[node] ? .bool(answerClass == 0) : .null),
    ])
  }

  private func scores(of node: Int, _ channel: ScoreChannel) -> JSONValue {
    let columns = tree.columns.indices.filter { tree.columns[$0].channel == channel && node > 0 }
    return .object(columns.map { .init(tree.columns[$0].scorer, .number(tree.scores[$0][node])) })
  }
}
