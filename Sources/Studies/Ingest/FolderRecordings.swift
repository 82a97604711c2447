import TraceFormats
import Traces

/// The names of recordings that neither the user nor a file gives.
///
/// The files of a folder are one recording with the folder's name where they are of one format and were made in the same
/// circumstances. Otherwise each kind of them is a recording of its own: a single file is named after itself, several
/// alike after what tells them from the others, behind the folder's name.
struct FolderRecordings {
  private struct Kind: Hashable {
    var format: String
    var recording: Recording
  }

  private var names: [ExactText: String] = [:]
  /// The folders whose files are several recordings, with their names.
  private(set) var divided: [(folder: String, recordings: [String])] = []

  /// - Parameters:
  ///   - inputs: What the user named.
  ///   - previews: All files behind it.
  init(inputs: [String], previews: [InputPreview]) {
    var ofFolder: [ExactText: [InputPreview]] = [:]
    for preview in previews {
      guard let folder = Self.folder(of: preview.input, among: inputs) else {
        names[ExactText(preview.input.name)] = preview.input.stem
        continue
      }
      names[ExactText(preview.input.name)] = Self.name(of: folder)
      guard preview.format != nil, preview.unnamedRecording != nil else { continue }
      ofFolder[ExactText(folder), default: []].append(preview)
    }
    for (folder, files) in ofFolder.sorted(by: { $0.key < $1.key }) { divide(folder.text, files) }
  }

  /// The name for a file's recording.
  func name(of input: InputFile) -> String { names[ExactText(input.name)] ?? input.stem }

  private mutating func divide(_ folder: String, _ files: [InputPreview]) {
    let kinds = Dictionary(grouping: files) { file in
      Kind(format: file.format?.name ?? "", recording: file.unnamedRecording ?? Recording(name: ""))
    }
    guard kinds.count > 1 else { return }
    let differing = Self.differing(Array(kinds.keys))
    for (kind, alike) in kinds {
      let label = differing.compactMap { Self.traits(of: kind)[$0] }.joined(separator: ", ")
      for file in alike {
        let shared = label.isEmpty ? kind.format : label
        let own = alike.count == 1 ? Self.place(of: file.input, in: folder) : shared
        names[ExactText(file.input.name)] = "\(Self.name(of: folder))/\(own)"
      }
    }
    divided.append((folder, Set(files.map { ExactText(name(of: $0.input)) }).sorted().map(\.text)))
  }

  /// The traits by which kinds differ, by their place in `traits`.
  private static func differing(_ kinds: [Kind]) -> [Int] {
    let all = kinds.map(traits)
    return all[0].indices.filter { place in Set(all.map { $0[place].map { ExactText($0) } }).count > 1 }
  }

  private static func traits(of kind: Kind) -> [String?] {
    let recording = kind.recording
    return [
      kind.format, recording.model, recording.sampling.rawValue,
      recording.temperature.map { "temperature \($0)" }, recording.topP.map { "top-p \($0)" },
      recording.seed.map { "seed \($0)" }, recording.promptHash.map { "prompt \($0)" },
      "steps by \(recording.delimiter.debugDescription)",
    ]
  }

  private static func folder(of input: InputFile, among inputs: [String]) -> String? {
    inputs.filter { input.name.utf8.count > $0.utf8.count && input.name.utf8.starts(with: bounded($0).utf8) }
      .max { $0.utf8.count < $1.utf8.count }
  }

  private static func name(of folder: String) -> String {
    InputFile(folder.utf8.last == UInt8(ascii: "/") ? String(folder.dropLast()) : folder).stem
  }

  /// The folder's path as those of its files begin.
  private static func bounded(_ folder: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
  }

  /// The path of a file within a folder, without endings.
  private static func place(of input: InputFile, in folder: String) -> String {
    let path = Substring(input.name.utf8.dropFirst(folder.utf8.count)).drop { $0 == "/" }
    let folders = path.split(separator: "/").dropLast().map(String.init)
    return (folders + [input.stem]).joined(separator: "/")
  }
}
