import Foundation

extension StoreOpening {
  /// Makes a store that is missing under another name, to be filled before it gets its own; `nil` where the store is there
  /// or cannot be made.
  func draft(upTo limit: DraftLimit) -> StoreDraft? {
    FileManager.default.fileExists(atPath: path) ? nil : StoreDraft(of: path, upTo: limit, configuration())
  }

  /// Makes a store that is missing under another name and gives it its own when it is whole, so that no reader meets
  /// a file without tables.
  ///
  /// Where that fails nothing is left, and the store is made in its place: what keeps it from being made shows there. Of
  /// two processes that make one store the first counts.
  func makeIfMissing() {
    guard let draft = draft(upTo: DraftLimit(bytes: 0, duration: .zero)) else {
      return DraftFile.removeLeftovers(of: path)
    }
    try? draft.publish()
  }
}
