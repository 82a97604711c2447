/// A setting that a study has once for all its methods, and that some of them do not read.
public enum SharedSetting: Hashable, Sendable, CaseIterable {
  /// How steps become one number.
  case aggregation
  /// The reward model.
  case scorer
  /// The continuation policy.
  case continuation
  /// Whether equal prefixes are one node.
  case mergePrefixes

  /// What a method does that reads it, in words that follow its name.
  public var readerDoes: String {
    switch self {
    case .aggregation: "reads scores"
    case .scorer: "asks one scorer"
    case .continuation: "draws steps"
    case .mergePrefixes: "draws steps or tells equal paths apart"
    }
  }
}

extension MethodCell {
  /// Whether the result depends on a setting.
  public func reads(_ setting: SharedSetting) -> Bool { descriptor.reads(setting, settings) }
}

extension MethodRegistry {
  /// The names of the methods that read a setting, with the standard values of their options or with others.
  public static func readers(of setting: SharedSetting) -> [String] {
    methods.filter { $0.mayRead(setting) }.map(\.name)
  }
}

extension MethodDescriptor {
  /// Whether the method's result depends on a setting of the study, with these values of its options.
  public func reads(_ setting: SharedSetting, _ settings: MethodSettings) -> Bool {
    switch setting {
    case .aggregation: readsScores(settings) != .none
    case .scorer: readsScores(settings) == .oneScorer
    case .continuation: mayRead(setting)
    case .mergePrefixes: source == .steps || countsPathsOnce?(settings) == true
    }
  }

  /// Whose scores the method reads with these values of its options.
  func readsScores(_ settings: MethodSettings) -> ScoreReading { needs.contains(.scores) ? reading(settings) : .none }

  fileprivate func mayRead(_ setting: SharedSetting) -> Bool {
    switch setting {
    case .aggregation, .scorer: needs.contains(.scores)
    case .continuation: source == .steps
    case .mergePrefixes: source == .steps || countsPathsOnce != nil
    }
  }
}
