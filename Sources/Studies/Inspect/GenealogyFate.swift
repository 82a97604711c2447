import Foundation
import Replay

/// What became of the right particles, in words.
struct GenealogyFate {
  private let genealogy: Genealogy
  private let generations: [RunRecord.Generation]
  private let isSearch: Bool

  init(_ genealogy: Genealogy, _ generations: [RunRecord.Generation], isSearch: Bool) {
    self.genealogy = genealogy
    self.generations = generations
    self.isSearch = isSearch
  }

  /// One line.
  var text: String {
    switch genealogy.fate {
    case .never: return "no particle ever stood where a right answer is recorded"
    case .survived(let places):
      return "right to the end: " + list(places.map { GenealogyInspection.place($0, isSearch: isSearch) })
    case .died(let step, let particles, let losses):
      let parts = [Genealogy.Loss.notCopied, .drewWrongStep].compactMap { loss in
        text(of: zip(particles, losses).filter { $0.1 == loss }.map(\.0), step: step, loss)
      }
      return "last right at step \(step): " + parts.joined(separator: "; ")
    }
  }

  /// Which right particles were lost in one way, with their weight; `nil` where none was.
  private func text(of particles: [Int], step: Int, _ loss: Genealogy.Loss) -> String? {
    guard !particles.isEmpty else { return nil }
    let weights = generations[step - 1].weight
    let weight =
      weights.isEmpty ? "" : ", weight " + GenealogyInspection.number(particles.reduce(0) { $0 + weights[$1] })
    let names = list(particles.map { "#\($0)" })
    return "\(OneLineText.count(particles.count, "particle")) (\(names)\(weight)) \(words(loss))"
  }

  private func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }

  private func words(_ loss: Genealogy.Loss) -> String {
    switch loss {
    case .notCopied: isSearch ? "not continued" : "not copied by resampling"
    case .drewWrongStep:
      "\(isSearch ? "continued" : "copied"), but every copy drew a step after which no right answer is recorded"
    }
  }
}
