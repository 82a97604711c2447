import Dispatch
import Synchronization

/// Brings a draft to the disk on another thread while it is written, so that little is left to wait for when it gets its
/// name.
final class DraftFlushing: BulkAttendance {
  private let file: DraftFile
  private let queue = DispatchQueue(label: "retrace.flushing")
  private let isUnderWay = Atomic<Bool>(false)

  init(_ file: DraftFile) { self.file = file }

  func hasGrown() {
    guard !isUnderWay.exchange(true, ordering: .acquiringAndReleasing) else { return }
    queue.async {
      self.file.flush()
      self.isUnderWay.store(false, ordering: .releasing)
    }
  }

  /// Waits for what is under way; the rest is brought to the disk when the draft gets its name.
  func finish() { queue.sync {} }
}
