import Foundation
import Traces

/// What all readers have: a name and the keys by which their first record is known.
protocol FormatReader: Sendable {
  /// The format's name on the command line.
  static var name: String { get }
  /// The tool whose files these are, in a few words.
  static var summary: String { get }
  /// Keys that a record must have; each entry is a list of alternatives, `a.b` is key b inside the object a.
  static var signatures: [Signature] { get }
  /// What records have besides, as in signatures: a refusal names it, too.
  static var otherKeys: [String] { get }
  /// Whether records may know only the key of their problem, whose answer is in the store already.
  static var answersMayBeStored: Bool { get }
  /// Whether parents are rollouts of a stored recording, not of the file.
  static var parentsAreStored: Bool { get }
  /// Whether one record is all that the tool writes of a problem in a run: then its copy is no second draw.
  static var recordsAreWholeSamples: Bool { get }
  /// Whether files name no scorer and their scores are those of the reward model that other files name.
  static var scorersAreUnnamed: Bool { get }
  /// Whether the recording is named after the folder, a file a problem.
  static var isNamedByFolder: Bool { get }
  /// Whether the problems must be listed elsewhere: in the user's table or in the store.
  static var problemsAreListed: Bool { get }
  /// The problem, or the draw for a problem, that a file's name gives, for formats in which two files of the same bytes
  /// may be two problems' or two draws.
  static func problemName(inNameOf file: InputFile) -> String?
}

extension FormatReader {
  static var otherKeys: [String] { [] }
  static var answersMayBeStored: Bool { false }
  static var parentsAreStored: Bool { false }
  static var recordsAreWholeSamples: Bool { false }
  static var scorersAreUnnamed: Bool { false }
  static var isNamedByFolder: Bool { false }
  static var problemsAreListed: Bool { false }
  static func problemName(inNameOf file: InputFile) -> String? { nil }
}

/// One shape by which a format's records are recognised.
struct Signature: Sendable {
  /// Keys that the record must have; `a.b` is the key b of the object a, `a[]` a list a, `a{}` an object a.
  let keys: [String]

  init(_ keys: String...) { self.keys = keys }
}

/// A reader of files whose lines are records of their own, so that lines can be parsed on several cores.
protocol LineReader: FormatReader {
  /// Whether `RolloutRecord.parent` counts the rollouts of its own record only, not those of the file.
  static var parentsAreWithinRecord: Bool { get }

  /// The conventions between which a file decides, in words, one for each bit of `ParsedLine.conventions`.
  static var conventions: [String] { get }

  /// - Parameters:
  ///   - context: The file's name and the user's options.
  ///   - sample: The file's first lines, for conventions that hold over a file.
  /// - Throws: `UnacceptableData` where the sample shows that the file cannot be read.
  init(context: ReadingContext, sample: [TextLine]) throws

  /// Reads one line: a pure function of the line.
  ///
  /// - Throws: `UnacceptableData` with the field's path and the byte.
  func read(_ line: TextLine) throws -> ParsedLine

  /// The problem that a line which could not be read belongs to, where so much can be seen.
  func problemKey(ofUnreadable line: TextLine) -> String?
}

extension LineReader {
  static var parentsAreWithinRecord: Bool { false }
  static var conventions: [String] { [] }
  func problemKey(ofUnreadable line: TextLine) -> String? { nil }
}

/// A reader of files that are one document.
protocol DocumentReader: FormatReader {
  /// What the document is written in.
  static var notation: DocumentNotation { get }

  init(context: ReadingContext)

  /// Hands out the document's records in order.
  ///
  /// - Parameters:
  ///   - document: The whole content.
  ///   - record: Takes a record.
  ///   - refused: Is told of a record that is not acceptable; where it returns, the reader goes on after it.
  /// - Throws: `UnacceptableData`, and what `record` and `refused` throw.
  func read(
    _ document: UnsafeRawBufferPointer, record: (TraceRecord) throws -> Void,
    refused: (UnacceptableData) throws -> Void
  ) throws
}

/// What a whole-file format is written in.
enum DocumentNotation: Sendable {
  case json
  case pickle
  case yaml
}

/// What one line gave.
struct ParsedLine: Sendable {
  /// The records, in order.
  var records: [TraceRecord]
  /// Which of the format's conventions the line agrees with, one bit each; all where the format has none.
  var conventions: UInt32 = .max
  /// What the file itself numbers the line with, where that must not come again.
  var identity: RecordIdentity?
}

/// What every reader is told.
struct ReadingContext: Sendable {
  /// The file as the user named it.
  let file: String
  /// The user's options.
  let options: ReadingOptions

  /// The scorer's name: the user's, else the file's, else a word for an unnamed one.
  func scorer(_ recorded: String? = nil) -> String { options.scorer ?? recorded ?? ReadingOptions.unnamedScorer }

  /// A column of scores with the user's scale for the scorer, else the format's.
  func column(_ scorer: String, _ channel: ScoreChannel = .step, scale: ScoreScale = .probability) -> ScoreColumn {
    ScoreColumn(scorer: scorer, channel: channel, scale: options.scales[scorer] ?? options.defaultScale ?? scale)
  }

  /// The problem with what the table of problems knows, once it has an answer.
  ///
  /// - Throws: `UnacceptableData` where there is no gold answer anywhere.
  func completed(_ problem: Problem, field: String) throws -> Problem {
    let whole = completed(problem)
    guard let answer = whole.answer, !answer.isEmpty else {
      throw UnacceptableData(
        field: field, found: "problem \(problem.key) \(problem.answer == nil ? "without an" : "with an empty") answer",
        expected: "a gold answer",
        remedy: "add it, or give a file that has it with --problems FILE")
    }
    return whole
  }

  /// The problem with what the user's table of problems knows, and with the answer that the store has for it; an empty
  /// answer is none.
  func completed(_ problem: Problem) -> Problem {
    var stated = problem
    if stated.answer?.isEmpty == true { stated.answer = nil }
    let whole = options.problems?.completing(stated) ?? stated
    return options.storedProblems?.answering(whole) ?? whole
  }

  /// A recording of which the file says no more, selected as the user says.
  func recording(delimiter: String, sampling: Recording.Sampling = .independent) -> Recording {
    Recording(name: "", delimiter: delimiter, sampling: options.sampling ?? sampling)
  }

  /// A name for a problem whose file gives it at most a number: the name that the user's table has for the statement,
  /// else the number, else one made from the statement; `nil` where there is neither.
  ///
  /// What a store knows plays no part, so that names do not depend on the order of ingest: a store joins problems of
  /// one statement itself.
  ///
  /// - Parameters:
  ///   - whole: What the number counts within; the file's name where nothing is given.
  ///   - answer: The file's gold answer, which tells problems of one statement apart.
  func name(
    number: String?, within whole: String? = nil, statement: String?, answer: String? = nil
  ) -> ProblemName? {
    if let known = statement.flatMap({ options.problems?.problem(stating: $0, answer: answer) }) {
      return ProblemName(known.key)
    }
    guard let number else { return statement.map(ProblemName.init(statement:)) }
    // Without a statement the problem can only be known by its number.
    guard statement != nil else { return ProblemName(number) }
    return ProblemName(provisional: number, qualified: "\(whole ?? InputFile(file).stem)/\(number)")
  }

  /// A name for a problem that has only a statement: the table's, else one made from the statement.
  func name(forStatement statement: String, answer: String? = nil) -> ProblemName {
    options.problems?.problem(stating: statement, answer: answer).map { ProblemName($0.key) }
      ?? ProblemName(statement: statement)
  }

  /// The folder that a file of one problem among many lies in, which names their recording.
  ///
  /// Folders that the path only implies, as that of a file in the current folder, are looked up.
  func folder(above levels: Int = 0) -> String? {
    let named = file.split(separator: "/").dropLast(1 + levels).last.map(String.init)
    if let named, named != ".", named != ".." { return named }
    guard FileManager.default.fileExists(atPath: file) else { return nil }
    let whole = URL(fileURLWithPath: file).standardizedFileURL.pathComponents
    return whole.dropLast(1 + levels).last { $0 != "/" }
  }
}
