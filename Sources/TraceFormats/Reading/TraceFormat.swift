import Traces

/// A format that Retrace reads: an entry of the registry.
///
/// A new format is a reader in a file of its own and a line in `all`.
public struct TraceFormat: Sendable {
  enum Content: Sendable {
    case lines(any LineReader.Type)
    case document(any DocumentReader.Type)
  }

  let content: Content

  /// All formats, in the order in which a first record is compared with them.
  public static let all: [TraceFormat] = [
    TraceFormat(RetraceReader.self),
    TraceFormat(SearchAndLearnReader.self),
    TraceFormat(PISReader.self),
    TraceFormat(PISGreedyReader.self),
    TraceFormat(CrucibleReader.self),
    TraceFormat(OnlineReader.self),
    TraceFormat(QwenEvalReader.self),
    TraceFormat(ITSHubReader.self),
    TraceFormat(OpenRReader.self),
    TraceFormat(OmegaPRMReader.self),
    TraceFormat(PRM800KReader.self),
    TraceFormat(MathShepherdReader.self),
    TraceFormat(OpenAIBatchReader.self),
    TraceFormat(LMEvalReader.self),
    TraceFormat(MonkeysReader.self),
  ]

  /// The name of the format whose files may have PRM cassettes beside them.
  public static let ofPrefixCassettes = CrucibleReader.name

  init(_ reader: any LineReader.Type) { content = .lines(reader) }

  init(_ reader: any DocumentReader.Type) { content = .document(reader) }

  /// The format of a name.
  public init?(name: String) {
    guard let format = Self.all.first(where: { $0.name == name }) else { return nil }
    self = format
  }

  private var reader: any FormatReader.Type {
    switch content {
    case .lines(let reader): reader
    case .document(let reader): reader
    }
  }

  /// The name on the command line.
  public var name: String { reader.name }

  /// The tool whose files these are, in a few words.
  public var summary: String { reader.summary }

  /// Whether records may know only the key of their problem, whose answer is in the store already.
  public var answersMayBeStored: Bool { reader.answersMayBeStored }

  /// Whether `RolloutRecord.parent` counts the rollouts of the stored recording that the record names, not the file's.
  public var parentsAreStored: Bool { reader.parentsAreStored }

  /// Whether files name no scorer and their scores are those of the reward model that other files name.
  public var scorersAreUnnamed: Bool { reader.scorersAreUnnamed }

  /// Whether the recording is named after the folder, a file a problem.
  public var isNamedByFolder: Bool { reader.isNamedByFolder }

  /// Whether the problems must be listed elsewhere: in the user's table or in the store.
  public var problemsAreListed: Bool { reader.problemsAreListed }

  /// The problem, or the draw for a problem, that a file's name gives, for formats in which two files of the same bytes
  /// may be two problems' or two draws.
  public func problemName(inNameOf file: InputFile) -> String? { reader.problemName(inNameOf: file) }

  var signatures: [Signature] { reader.signatures }

  var otherKeys: [String] { reader.otherKeys }
}

extension TraceFormat: Equatable {
  /// Formats are the same when their names are.
  public static func == (left: TraceFormat, right: TraceFormat) -> Bool { left.name == right.name }
}
