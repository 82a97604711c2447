import TraceFormats
import TraceStore
import Traces

/// Decides which recording a record belongs to.
struct RecordingNames {
  /// The user's name for all of them.
  let given: String?
  /// The name where neither the user nor the file gives one: the input's.
  let fallback: String

  /// The names that a source's options give, whose fallback may be an earlier, stopped ingest's.
  init(_ options: SourceOptions, input: InputFile) {
    given = options.recording
    fallback = options.fallbackRecording ?? input.stem
  }

  /// The recording of a record, named.
  func recording(of record: TraceRecord) -> Recording {
    var recording = record.recording ?? Recording(name: "")
    if let given { recording.name = given }
    if recording.name.isEmpty { recording.name = fallback }
    return recording
  }
}
