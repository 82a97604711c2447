import TraceFormats
import Traces

/// Documents in folders that programs write beside their records: settings, averages, metrics.
///
/// A file is one by its name and by fitting no format: a data file with a slip in it has another name and is refused.
struct CompanionFiles {
  /// The files to ingest.
  let inputs: [InputFile]
  /// The documents, which are left out.
  let leftOut: [InputFile]

  /// Separates what a walk has found; where nothing else is there, nothing is left out, so that it is said what is wrong.
  init(_ finding: InputWalker.Finding, options: ReadingOptions) {
    var options = options
    options.format = nil
    let reading = TraceReading(options)
    let companions = finding.companions.filter { file in
      do {
        _ = try reading.format(of: file)
        return false
      } catch {
        return error is UnacceptableData
      }
    }
    leftOut = companions.count < finding.files.count ? companions : []
    let names = Set(leftOut)
    inputs = finding.files.filter { !names.contains($0) }
  }
}
