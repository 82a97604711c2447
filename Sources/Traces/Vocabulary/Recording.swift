/// One run of a generator: the circumstances that its rollouts share.
public struct Recording: Hashable, Sendable {
  /// How the rollouts of a recording came about, which decides what may be computed from them.
  public enum Sampling: String, Hashable, Sendable, CaseIterable {
    /// Rollouts drawn independently from the prompt: every method applies.
    case independent
    /// Paths that a search selected (particle filter, beam search): their steps are true draws of the generator given
    /// their prefix, but the complete paths are no independent sample, so they never count for best-of-N or votes.
    case search
  }

  /// The name by which the user selects the recording, unique in a store.
  public var name: String
  /// The generator.
  public var model: String?
  /// Sampling temperature; 0 is greedy decoding.
  public var temperature: Double?
  /// Nucleus sampling mass.
  public var topP: Double?
  /// The generator's seed.
  public var seed: Int?
  /// SHA-256 of the prompt template.
  public var promptHash: String?
  /// The text between two steps; empty when steps are cut without one.
  public var delimiter: String
  /// The date of the run as its source writes it.
  public var date: String?
  /// Independent rollouts or paths selected by a search.
  public var sampling: Sampling

  /// Creates a recording; everything but the name may be unknown.
  public init(
    name: String,
    model: String? = nil,
    temperature: Double? = nil,
    topP: Double? = nil,
    seed: Int? = nil,
    promptHash: String? = nil,
    delimiter: String = "",
    date: String? = nil,
    sampling: Sampling = .independent
  ) {
    self.name = name
    self.model = model
    self.temperature = temperature
    self.topP = topP
    self.seed = seed
    self.promptHash = promptHash
    self.delimiter = delimiter
    self.date = date
    self.sampling = sampling
  }
}

extension Recording {
  /// Texts are compared byte by byte.
  public static func == (left: Recording, right: Recording) -> Bool {
    left.name.isSameText(as: right.name) && left.model.isSameText(as: right.model)
      && left.temperature == right.temperature && left.topP == right.topP && left.seed == right.seed
      && left.promptHash.isSameText(as: right.promptHash) && left.delimiter.isSameText(as: right.delimiter)
      && left.date.isSameText(as: right.date) && left.sampling == right.sampling
  }

  /// Absorbs the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(ExactText(name)) }
}
