/// What one number of a study belongs to: everything that decides it but the problems and the random numbers.
public struct Cell: Hashable, Sendable {
  /// The method's name as the command line takes it, e.g. `pf`.
  public var method: String
  /// The named preset whose rules were used; `nil` for the textbook rules.
  public var preset: String?
  /// The program that the preset reproduces, and its version; `nil` without a preset.
  public var presetVersion: String?
  /// How step scores became one number; `nil` for a method that reads no scores.
  public var aggregate: String?
  /// The reward model; `nil` for a method that reads no scores.
  public var scorer: String?
  /// The recording whose rollouts were replayed.
  public var recording: String
  /// The method's options by name.
  public var options: [String: String]
  /// The budget N: generations alive at once.
  public var budget: Int

  /// Creates a cell.
  public init(
    method: String,
    preset: String? = nil,
    presetVersion: String? = nil,
    aggregate: String? = nil,
    scorer: String? = nil,
    recording: String,
    options: [String: String] = [:],
    budget: Int
  ) {
    self.method = method
    self.preset = preset
    self.presetVersion = presetVersion
    self.aggregate = aggregate
    self.scorer = scorer
    self.recording = recording
    self.options = options
    self.budget = budget
  }
}

extension Cell {
  /// The preset with its program and version, as captions name it; `nil` without a preset.
  public var presetTitle: String? { preset.map { $0 + (presetVersion.map { " (\($0))" } ?? "") } }
}
