import Replay

extension GenealogyInspection {
  /// The particles as a tree below the prompt; a particle weighs as much as it has final descendants. The filters of a run
  /// that makes several stand side by side, the one that answers first.
  var outline: Outline {
    var entries = [
      Outline.Entry(
        parent: -1, depth: 0, weight: descendants(of: run.sweeps.count - 1), title: "prompt",
        kind: record.reachesRight(0) ? .right : .wrong)
    ]
    for sweep in run.sweeps.indices.reversed() {
      guard run.sweeps.count > 1 else {
        add(sweep, below: 0, to: &entries)
        continue
      }
      entries.append(
        Outline.Entry(
          parent: 0, depth: 1, weight: descendants(of: sweep), title: run.sweeps[sweep].heading, kind: entries[0].kind))
      add(sweep, below: entries.count - 1, to: &entries)
    }
    return Outline(entries: entries, unit: "final descendant")
  }

  private func descendants(of sweep: Int) -> Int {
    genealogies.indices.contains(sweep) ? genealogies[sweep].descendants.first?.reduce(0, +) ?? 0 : 0
  }

  /// Adds the particles of a filter below an entry.
  private func add(_ sweep: Int, below root: Int, to entries: inout [Outline.Entry]) {
    var before = root
    for (index, generation) in run.sweeps[sweep].generations.enumerated() {
      let first = entries.count
      for particle in generation.node.indices {
        let parent = index == 0 ? root : before + Int(generation.parent[particle])
        var entry = entry(RecordedParticle(sweep: sweep, generation: index, particle: particle), parent: parent)
        entry.depth += entries[root].depth
        entries.append(entry)
      }
      before = first
    }
  }

  private func entry(_ place: RecordedParticle, parent: Int) -> Outline.Entry {
    let node = Int(run.sweeps[place.sweep].generations[place.generation].node[place.particle])
    return Outline.Entry(
      parent: parent, depth: place.generation + 1,
      weight: genealogies[place.sweep].descendants[place.generation][place.particle], title: title(of: place),
      text: isAtRest(place) ? nil : nodes.line(of: node, length: 60),
      outcome: nodes.outcome(of: node),
      kind: nodes.kind(of: node))
  }

  /// Number, aggregated score and weight, whether the step was borrowed, and what the particle is in the run.
  private func title(of place: RecordedParticle) -> String {
    let sweep = run.sweeps[place.sweep]
    let generation = sweep.generations[place.generation]
    var parts = ["#\(place.particle)", OneLineText.score(generation.score[place.particle])]
    if !generation.weight.isEmpty { parts.append("w \(Self.number(generation.weight[place.particle]))") }
    if isBorrowed(place) { parts.append("borrowed") }
    if sweep.hasReference, place.particle == generation.node.count - 1 { parts.append("reference") }
    let finals = generation.finals.isEmpty ? 0 : generation.finals[place.particle]
    if finals > 0 { parts.append(finals > 1 ? "final x\(finals)" : "final") }
    let own = RunRecord.Place(generation: place.generation, particle: place.particle)
    if place.sweep == run.sweeps.count - 1, run.best == own { parts.append("best") }
    return parts.joined(separator: " ")
  }
}

/// A particle of a record.
struct RecordedParticle: Hashable, Sendable {
  /// The filter.
  var sweep: Int
  /// The generation, counted from 0.
  var generation: Int
  /// The particle.
  var particle: Int
}

extension GenealogyInspection {
  /// Whether a particle drew no step in a generation.
  func isAtRest(_ place: RecordedParticle) -> Bool {
    let generations = run.sweeps[place.sweep].generations
    let node = generations[place.generation].node[place.particle]
    guard place.generation > 0 else { return node == 0 }
    return nodeBefore(place) == node && !run.isSearch
  }

  /// Whether a particle's step was recorded after another node than the one that it stood at.
  func isBorrowed(_ place: RecordedParticle) -> Bool {
    guard !isAtRest(place) else { return false }
    let node = run.sweeps[place.sweep].generations[place.generation].node[place.particle]
    return nodes.isLent(Int(node)) || record.tree.parent[Int(node)] != nodeBefore(place)
  }

  /// The node that a particle stood at before its step.
  private func nodeBefore(_ place: RecordedParticle) -> Int32 {
    guard place.generation > 0 else { return 0 }
    let generations = run.sweeps[place.sweep].generations
    let parent = generations[place.generation].parent[place.particle]
    return generations[place.generation - 1].node[Int(parent)]
  }
}
