import Foundation

extension StoreOpening {
  /// Makes a store that is missing under another name, to be filled before it gets its own; `nil` where the store is there
  /// or cannot be made.
  func draft(upTo bytes: Int) -> StoreDraft? {
    FileManager.default.fileExists(atPath: path) ? nil : StoreDraft(of: path, upTo: bytes, configuration())
  }

  /// Makes a store that is missing under another name and gives it its own when it is whole, so that no reader meets
  /// a file without tables.
  ///
  /// Where that fails nothing is left, and the store is made in its place: what keeps it from being made shows there. Of
  /// two processes that make one store the first counts.
  func makeIfMissing() { try? draft(upTo: 0)?.publish() }
}
