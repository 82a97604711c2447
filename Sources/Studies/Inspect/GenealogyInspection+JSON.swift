import Estimation
import Replay

extension GenealogyInspection {
  /// The document that `--json` prints, with a line break at its end; texts are whole, particles are all there.
  public var json: String {
    JSONValue.object(
      record.members + [
        .init("method", .string(cell.method)), .init("preset", .optional(cell.preset)),
        .init("aggregate", .optional(cell.aggregate)), .init("scorer", .optional(cell.scorer)),
        .init("options", .object(cell.options)), .init("budget", .integer(cell.budget)),
        .init("replicate", .integer(replicate)), .init("seed", .integer(Int(truncatingIfNeeded: seed))),
        .init("refused", .bool(run.isRefused)), .init("right", run.right.map { .bool($0 == 1) } ?? .null),
        .init("expected", .optional(run.expected)), .init("rules", rules),
        .init("bestParticle", run.best.map(JSONValue.integer) ?? .null),
        .init("steps", .array(genealogy.steps.map(\.json))), .init("lastRight", lastRight),
        .init("particles", .array(particles)),
      ]
    ).text(unfolded: 2) + "\n"
  }

  private var rules: JSONValue {
    guard !run.isRefused else { return .null }
    return .object([
      .init("argmax", .bool(run.rules.argmax == 1)), .init("sample", .bool(run.rules.sample == 1)),
      .init("vote", .bool(run.rules.vote == 1)), .init("weightedVote", .bool(run.rules.weightedVote == 1)),
    ])
  }

  private var lastRight: JSONValue {
    switch genealogy.fate {
    case .never: .object([.init("fate", .string("never"))])
    case .survived(let particles):
      .object([
        .init("fate", .string("survived")), .init("step", .integer(run.generations.count)),
        .init("particles", .array(particles.map { .object([.init("particle", .integer($0))]) })),
      ])
    case .died(let step, let particles, let losses):
      .object([
        .init("fate", .string("died")), .init("step", .integer(step)),
        .init(
          "particles",
          .array(
            zip(particles, losses).map {
              .object([.init("particle", .integer($0)), .init("loss", .string($1.rawValue))])
            })),
      ])
    }
  }

  private var particles: [JSONValue] {
    run.generations.indices.flatMap { index in
      run.generations[index].node.indices.map { particle(particle: $0, generation: index) }
    }
  }

  private func particle(particle: Int, generation index: Int) -> JSONValue {
    let generation = run.generations[index]
    let node = Int(generation.node[particle])
    let answerClass = Int(record.tree.answerClass[node])
    let isTerminal = record.tree.isTerminal[node]
    return .object([
      .init("step", .integer(index + 1)), .init("particle", .integer(particle)),
      .init("parent", index == 0 ? .null : .integer(Int(generation.parent[particle]))), .init("node", .integer(node)),
      .init("score", .number(generation.score[particle])),
      .init("weight", generation.weight.isEmpty ? .null : .number(generation.weight[particle])),
      .init("drew", .bool(!isAtRest(particle, generation: index))),
      .init("borrowed", .bool(isBorrowed(particle, generation: index))),
      .init("descendants", .integer(genealogy.descendants[index][particle])),
      .init("reachesRight", .bool(record.reachesRight(node))), .init("terminal", .bool(isTerminal)),
      .init("class", isTerminal && answerClass >= 0 ? .integer(answerClass) : .null),
      .init("right", isTerminal ? .bool(answerClass == 0) : .null), .init("text", .string(record.texts[node])),
    ])
  }
}

extension Genealogy.Step {
  /// One generation as JSON.
  fileprivate var json: JSONValue {
    .object([
      .init("step", .integer(step)), .init("open", .integer(open)),
      .init("effectiveSampleSize", .optional(effectiveSampleSize)),
      .init("parents", parents.map(JSONValue.integer) ?? .null), .init("ancestors", .integer(ancestors)),
      .init("survivors", .integer(survivors)), .init("right", .integer(right)),
      .init("rightWeight", .optional(rightWeight)), .init("resampled", .bool(isResampled)),
    ])
  }
}
