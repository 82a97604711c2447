import Estimation
import Traces

/// What a user asks to be replayed: methods and settings by name, as the command line takes them.
public struct ReplayRequest: Sendable {
  /// Method names; empty for the standard selection.
  public var methods: [String] = []
  /// Aggregation names; empty for the standard one.
  public var aggregations: [String] = []
  /// The reward model; `nil` where the store has one only.
  public var scorer: String?
  /// Recordings to replay, each by itself; `a+b` pools two. Empty for all recordings that can be replayed.
  public var recordings: [String] = []
  /// The budgets.
  public var budgets = BudgetList([1, 2, 4, 8, 16, 32, 64])
  /// Runs of a stochastic method a problem and a budget.
  public var replicates = Self.standardReplicates
  /// The published program whose rules are used; `nil` for the textbook rules.
  public var preset: String?
  /// Method options in the order given; a key may be scoped to a method: `beam.width`.
  public var options: [Option] = []
  /// The continuation policy's name; `nil` for the default.
  public var continuation: String?
  /// An SQL condition on the columns of `problem`, e.g. `level = 5`; `nil` for all problems.
  public var condition: String?
  /// The keys of the only problems to replay; `nil` for all that the condition holds for.
  public var problems: Set<ExactText>?
  /// The generator's parameter count, for the FLOPs of rows.
  public var generatorParameters: ParameterCount?
  /// The scorer's parameter count, for the FLOPs of rows.
  public var scorerParameters: ParameterCount?
  /// Whether cells of policy `matched` are set beside policy `nearest` where much is borrowed.
  public var comparesPolicies = true
  /// Seed of all random streams.
  public var seed: UInt64 = 1
  /// Threads to compute on; results do not depend on it.
  public var threads = 1

  /// One `key=value`.
  public struct Option: Hashable, Sendable {
    /// The method that the option is for; `nil` for every method that has it.
    public var method: String?
    /// The option's name.
    public var key: String
    /// The option's value as given.
    public var value: String

    /// Creates an option.
    public init(method: String? = nil, key: String, value: String) {
      self.method = method
      self.key = key
      self.value = value
    }

    /// Reads `key=value` or `method.key=value`; `nil` for anything else.
    public init?(parsing text: String) {
      guard let equals = text.firstIndex(of: "=") else { return nil }
      let name = text[..<equals].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard name.allSatisfy({ !$0.isEmpty }), let key = name.last else { return nil }
      self.init(
        method: name.count == 2 ? String(name[0]) : nil, key: String(key),
        value: String(text[text.index(after: equals)...]))
    }
  }

  /// The runs unless others are asked for.
  static let standardReplicates = 32

  /// The parameter counts that were given.
  var sizes: ModelSizes { ModelSizes(generator: generatorParameters?.value, scorer: scorerParameters?.value) }

  /// Creates a request with the standard settings.
  public init() {}
}
