import Estimation
import Replay

extension GenealogyInspection {
  /// The document that `--json` prints, with a line break at its end; texts are whole, particles are all there.
  public var json: String {
    JSONValue.object(
      record.members + [
        .init("method", .string(cell.method)), .init("preset", .optional(cell.preset)),
        .init("presetVersion", .optional(cell.presetVersion)),
        .init("aggregate", .optional(cell.aggregate)), .init("scorer", .optional(cell.scorer)),
        .init("options", .object(cell.options)), .init("budget", .integer(cell.budget)),
        .init("replicate", .integer(replicate)), .init("seed", .integer(Int(truncatingIfNeeded: seed))),
        .init("refused", .bool(run.isRefused)), .init("right", run.right.map { .bool($0 == 1) } ?? .null),
        .init("expected", .optional(run.expected)), .init("rules", rules),
        .init("bestParticle", run.best.map { .integer($0.particle) } ?? .null),
        .init("bestStep", run.best.map { .integer($0.generation + 1) } ?? .null),
        .init("bestReason", .optional(run.reason?.rawValue)),
      ] + members(of: run.sweeps.count - 1) + sweeps
    ).text(unfolded: 2) + "\n"
  }

  /// The filters of a run that makes several; those of others have one, and no list of them.
  private var sweeps: [JSONValue.Member] {
    guard run.sweeps.count > 1 else { return [] }
    let filters = run.sweeps.indices.map { index in
      let sweep = run.sweeps[index]
      return JSONValue.object(
        [
          .init("iteration", .integer(sweep.iteration)), .init("chain", .integer(sweep.chain)),
          .init("temperature", .optional(sweep.temperature)), .init("hasReference", .bool(sweep.hasReference)),
          .init("kept", sweep.kept.map(JSONValue.integer) ?? .null),
        ] + members(of: index))
    }
    return [.init("sweeps", .array(filters))]
  }

  /// Steps, fate and particles of a filter or search.
  private func members(of sweep: Int) -> [JSONValue.Member] {
    guard genealogies.indices.contains(sweep) else { return [] }
    return [
      .init("steps", .array(genealogies[sweep].steps.map(\.json))), .init("lastRight", lastRight(sweep)),
      .init("particles", .array(particles(of: sweep))),
    ]
  }

  private var rules: JSONValue {
    guard !run.isRefused else { return .null }
    func verdict(_ value: Double) -> JSONValue { value.isNaN ? .null : .bool(value == 1) }
    return .object([
      .init("argmax", verdict(run.rules.argmax)), .init("sample", verdict(run.rules.sample)),
      .init("vote", verdict(run.rules.vote)), .init("weightedVote", verdict(run.rules.weightedVote)),
    ])
  }

  private func lastRight(_ sweep: Int) -> JSONValue {
    switch genealogies[sweep].fate {
    case .never: return .object([.init("fate", .string("never"))])
    case .survived(let places):
      let particles = places.map { place in
        JSONValue.object([.init("particle", .integer(place.particle)), .init("step", .integer(place.generation + 1))])
      }
      return .object([
        .init("fate", .string("survived")), .init("step", .integer(run.sweeps[sweep].generations.count)),
        .init("particles", .array(particles)),
      ])
    case .died(let step, let particles, let losses):
      let lost = zip(particles, losses).map {
        JSONValue.object([.init("particle", .integer($0)), .init("loss", .string($1.rawValue))])
      }
      return .object([
        .init("fate", .string("died")), .init("step", .integer(step)), .init("particles", .array(lost)),
      ])
    }
  }

  private func particles(of sweep: Int) -> [JSONValue] {
    run.sweeps[sweep].generations.indices.flatMap { index in
      run.sweeps[sweep].generations[index].node.indices.map {
        particle(RecordedParticle(sweep: sweep, generation: index, particle: $0))
      }
    }
  }

  private func particle(_ place: RecordedParticle) -> JSONValue {
    let (index, particle) = (place.generation, place.particle)
    let generation = run.sweeps[place.sweep].generations[index]
    let node = Int(generation.node[particle])
    let end = nodes.end(node)
    return .object([
      .init("step", .integer(index + 1)), .init("particle", .integer(particle)),
      .init("parent", index == 0 ? .null : .integer(Int(generation.parent[particle]))), .init("node", .integer(node)),
      .init("score", .number(generation.score[particle])),
      .init("weight", generation.weight.isEmpty ? .null : .number(generation.weight[particle])),
      .init("drew", .bool(!isAtRest(place))),
      .init("borrowed", .bool(isBorrowed(place))), .init("lent", .bool(nodes.isLent(node))),
      .init("descendants", .integer(genealogies[place.sweep].descendants[index][particle])),
      .init("final", generation.finals.isEmpty ? .null : .integer(generation.finals[particle])),
      .init("reachesRight", .bool(nodes.reachesRight(node))), .init("terminal", .bool(end != nil)),
      .init("class", end.flatMap { $0 >= 0 ? .integer($0) : nil } ?? .null),
      .init("right", end.map { .bool($0 == 0) } ?? .null), .init("text", .string(nodes.text(of: node))),
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
