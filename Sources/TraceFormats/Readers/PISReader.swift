import Traces

/// The pickles of the paper's repository (probabilistic-inference-scaling at f75d461), one file a problem: particles of
/// particle filtering and particle Gibbs.
///
/// Equal prefixes are copies made by resampling, so they merge into a tree; killed branches are not in the file. The
/// repository's Qwen reward model scores the whole partial answer with runs of newlines collapsed, so its rewards are
/// prefix scores; with other scorers, named by the user, they are the last step's score.
struct PISReader: DocumentReader {
  static let name = "pis"
  static let summary = "probabilistic-inference-scaling's pickles of particles, one a problem"
  static let recordsAreWholeSamples = true
  static let signatures: [Signature] = []
  static let notation = DocumentNotation.pickle
  static let isNamedByFolder = true
  static let problemsAreListed = true
  static let delimiter = "\n\n"
  /// A particle that took so many steps was stopped.
  static let maximumSteps = 40
  static let defaultScorer = "qwen-prm-newlines-collapsed"

  let context: ReadingContext

  static func problemName(inNameOf file: InputFile) -> String? { PISFileName(file.name).stem }

  func read(
    _ document: UnsafeRawBufferPointer, record: (TraceRecord) throws -> Void,
    refused: (UnacceptableData) throws -> Void
  ) throws {
    var reader = PickleReader(document)
    let value = try reader.read()
    let problem = try PISFileName(context.file).problem(in: context.options)
    let scorer = context.scorer(Self.defaultScorer)
    let isPrefix = scorer.lowercased().contains("qwen")
    let column = context.column(scorer, isPrefix ? .prefix : .step)
    var tree = PISTree(column: column)
    try PISParticles(reader).forEach(value) { particle in try tree.add(particle) }
    guard tree.tree.count > 0 else {
      throw UnacceptableData(found: "no particle with a step", expected: "lists of particles")
    }
    var recording = context.recording(delimiter: Self.delimiter, sampling: .search)
    let folder = context.folder()
    recording.name = (folder == "intermediate" ? context.folder(above: 1) : folder) ?? Self.name
    recording.temperature = tree.temperature
    try record(
      TraceRecord(
        problem: problem, recording: recording, columns: [column],
        rollouts: tree.tree.rollouts(delimiter: Self.delimiter), line: 1))
  }
}

/// Merges particles into a tree.
private struct PISTree {
  private struct Place: Hashable {
    let parent: Int
    let text: ExactText
    let reward: UInt64
  }

  let column: ScoreColumn
  private(set) var tree = SegmentTree()
  private var temperatures: Set<Double?> = []
  private var places: [Place: Int] = [:]

  init(column: ScoreColumn) { self.column = column }

  /// The temperature that all particles share; `nil` where they differ or do not say.
  var temperature: Double? { temperatures.count == 1 ? temperatures.first ?? nil : nil }

  /// Adds a particle; one that has not drawn a step yet adds nothing.
  mutating func add(_ particle: PISParticle) throws {
    temperatures.insert(particle.temperature)
    guard !particle.trajectory.isEmpty || particle.isActive else {
      throw UnacceptableData(field: "trajectory", found: "a particle that is over without a step", expected: "steps")
    }
    var node = -1
    for (index, (text, reward)) in zip(particle.trajectory, particle.rewards).enumerated() {
      guard column.scale.contains(reward) else {
        throw UnacceptableData(
          field: "rewards[\(index)]", found: "\(reward)", expected: column.scale.expectation,
          remedy: reward.isFinite
            ? "if \(column.scorer)'s scores are no probabilities: --scale \(column.scorer)=unbounded (or logit)"
            : "no scale has such scores: score the particle again, or leave it out of the file")
      }
      let place = Place(parent: node, text: ExactText(text), reward: reward.bitPattern)
      if let known = places[place] {
        node = known
      } else {
        node = tree.add(SegmentTree.Node(parent: node, text: text, scores: [reward]))
        places[place] = node
      }
    }
    guard node >= 0, !particle.isActive else { return }
    let isBoxed = particle.trajectory.last?.contains(#"\boxed"#) == true
    tree.end(node, !isBoxed && particle.trajectory.count >= PISReader.maximumSteps ? .length : .stop)
  }
}
