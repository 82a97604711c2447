import TraceStore
import Traces

/// Recordings that are replayed as one record: the panels of a figure.
struct RecordingGroup: Hashable, Sendable {
  /// The name in rows: the recordings' names joined by `+`.
  var name: String
  /// The recordings' names, ascending.
  var recordings: [String]

  init(_ recordings: [String]) {
    self.recordings = recordings.map { ExactText($0) }.sorted().map(\.text)
    name = self.recordings.joined(separator: "+")
  }

  /// The groups that a user asked for, or the standard ones.
  ///
  /// - Parameters:
  ///   - names: Each a name or several joined by `+`; empty for the standard groups.
  ///   - known: The store's recordings.
  /// - Throws: `StudyError.unknownName` for a name that the store does not have.
  static func groups(named names: [String], known: [Recording]) throws(StudyError) -> [RecordingGroup] {
    guard !names.isEmpty else { return standard(known) }
    var groups: [RecordingGroup] = []
    for name in names {
      let group = known.contains { $0.name.isSameText(as: name) } ? [name] : name.split(separator: "+").map(String.init)
      for member in group where !known.contains(where: { $0.name.isSameText(as: member) }) {
        throw .unknownName(kind: "recording", name: member, known: known.map(\.name))
      }
      groups.append(RecordingGroup(group))
    }
    return groups
  }

  /// Each sampled recording by itself. Trees of online runs join the generator that they can belong to: where there is
  /// one only, or one of the same model and temperature.
  private static func standard(_ known: [Recording]) -> [RecordingGroup] {
    let sampled = known.filter { $0.sampling == .independent && $0.temperature != 0 }
    let searches = known.filter { $0.sampling == .search }
    guard !sampled.isEmpty else { return (searches.isEmpty ? known : searches).map { RecordingGroup([$0.name]) } }
    return sampled.map { recording in
      let trees = searches.filter { search in
        let isSilent = search.model == nil && search.temperature == nil
        return isSilent ? sampled.count == 1 : search.isSameGenerator(as: recording)
      }
      return RecordingGroup([recording.name] + trees.map(\.name))
    }
  }

  /// The group of greedy rollouts; `nil` where none are recorded.
  static func greedy(_ known: [Recording]) -> RecordingGroup? {
    let greedy = known.filter { $0.sampling == .independent && $0.temperature == 0 }
    return greedy.isEmpty ? nil : RecordingGroup(greedy.map(\.name))
  }

  /// The group with what the same generators wrote at temperature 0.
  func joiningGreedy(_ known: [Recording]) -> RecordingGroup {
    let models = Set(known.filter { recordings.contains(where: $0.name.isSameText) }.map(\.model))
    let greedy = known.filter {
      $0.temperature == 0 && models.contains($0.model) && !recordings.contains(where: $0.name.isSameText)
    }
    return RecordingGroup(recordings + greedy.map(\.name))
  }

  /// All sampled rollouts together, for methods that combine recordings.
  static func pooled(_ known: [Recording]) -> RecordingGroup {
    RecordingGroup(known.filter { $0.sampling == .independent && $0.temperature != 0 }.map(\.name))
  }
}

extension Recording {
  fileprivate func isSameGenerator(as other: Recording) -> Bool {
    model == other.model && temperature == other.temperature && topP == other.topP
  }
}
