import Replay

extension GenealogyInspection {
  /// The particles as a tree below the prompt; a particle weighs as much as it has descendants in the last generation.
  var outline: Outline {
    let count = run.generations.first?.node.count ?? 0
    var entries = [
      Outline.Entry(
        parent: -1, depth: 0, weight: count, title: "prompt", kind: record.reachesRight(0) ? .right : .wrong)
    ]
    for (index, generation) in run.generations.enumerated() {
      for particle in generation.node.indices {
        let parent = index == 0 ? 0 : 1 + (index - 1) * count + Int(generation.parent[particle])
        entries.append(entry(particle, generation: index, parent: parent))
      }
    }
    return Outline(entries: entries, unit: "final descendant")
  }

  private func entry(_ particle: Int, generation index: Int, parent: Int) -> Outline.Entry {
    let node = Int(run.generations[index].node[particle])
    let rests = isAtRest(particle, generation: index)
    return Outline.Entry(
      parent: parent, depth: index + 1, weight: genealogy.descendants[index][particle],
      title: title(of: particle, generation: index),
      text: rests ? nil : OneLineText.shortened(record.texts[node], to: 60), outcome: record.outcome(of: node),
      kind: record.kind(of: node))
  }

  /// Number, aggregated score and weight, and whether the step was borrowed.
  private func title(of particle: Int, generation index: Int) -> String {
    let generation = run.generations[index]
    var parts = ["#\(particle)", OneLineText.score(generation.score[particle])]
    if !generation.weight.isEmpty { parts.append("w \(Self.number(generation.weight[particle]))") }
    if isBorrowed(particle, generation: index) { parts.append("borrowed") }
    return parts.joined(separator: " ")
  }

  /// Whether a particle drew no step in a generation.
  func isAtRest(_ particle: Int, generation index: Int) -> Bool {
    let generation = run.generations[index]
    guard index > 0 else { return generation.node[particle] == 0 }
    return run.generations[index - 1].node[Int(generation.parent[particle])] == generation.node[particle]
  }

  /// Whether a particle's step was recorded after another node than the one that it stood at.
  func isBorrowed(_ particle: Int, generation index: Int) -> Bool {
    let generation = run.generations[index]
    guard !isAtRest(particle, generation: index) else { return false }
    let before = index == 0 ? 0 : run.generations[index - 1].node[Int(generation.parent[particle])]
    return record.tree.parent[Int(generation.node[particle])] != before
  }
}
