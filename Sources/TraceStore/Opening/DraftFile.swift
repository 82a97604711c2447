import Foundation
import Synchronization

/// The file of a store that has not got its name yet: hidden beside the place where the store will stand, locked as long
/// as its process lives, and gone with its owner.
final class DraftFile: Sendable {
  /// Where the file is.
  let path: String
  /// Negative where the file is closed.
  private let descriptor: Mutex<Int32>

  /// Makes an empty file, and takes away what killed processes have left; `nil` where that is not possible.
  ///
  /// - Parameter place: The path that the store is to have.
  init?(beside place: String) {
    Self.removeLeftovers(of: place)
    let place = URL(fileURLWithPath: place)
    path =
      place.deletingLastPathComponent()
      .appendingPathComponent(Self.prefix(of: place) + UUID().uuidString + Self.ending).path
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    self.descriptor = Mutex(descriptor)
    guard descriptor >= 0 else { return nil }
    // Before it is locked another process may take it for a leftover.
    var status = stat()
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0, status.st_nlink == 1 else {
      return nil
    }
  }

  deinit { remove() }

  /// The size of the file in bytes.
  var size: Int {
    var status = stat()
    return fstat(descriptor.withLock { $0 }, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Waits until what was written is on the disk; whether it is.
  @discardableResult
  func flush() -> Bool { fsync(descriptor.withLock { $0 }) == 0 }

  /// Gives the file another name in place of its own, whole and at once; `false` where something else has that name, or
  /// the file system has no links.
  ///
  /// The file is closed then: if that happened later, SQLite would lose its locks on it.
  func take(_ place: String) -> Bool {
    // What is left in a log would be lost with the file's first name.
    var log = stat()
    guard stat(path + "-wal", &log) != 0 || log.st_size == 0 else { return false }
    guard link(path, place) == 0 else { return false }
    remove()
    flushFolder()
    return true
  }

  /// Brings the names of the folder to the disk, so that a power cut does not lose them.
  private func flushFolder() {
    let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private func remove() {
    descriptor.withLock { descriptor in
      guard descriptor >= 0 else { return }
      for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
      close(descriptor)
      descriptor = -1
    }
  }

  private static let ending = ".new"

  private static func prefix(of place: URL) -> String { ".\(place.lastPathComponent)." }

  /// The files beside a place that are, or were, to have its name.
  private static func names(beside place: URL) -> [String] {
    let folder = place.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix(prefix(of: place)) && $0.hasSuffix(ending) }
      .map { folder.appendingPathComponent($0).path }
  }

  /// Removes the files of processes that are no more: nobody holds their locks. A process may also have been killed
  /// between giving its file the store's name and taking the hidden one away.
  ///
  /// - Parameter place: The path of the store, or where it is to stand.
  static func removeLeftovers(of place: String) {
    var (store, hidden) = (stat(), stat())
    let isThere = stat(place, &store) == 0
    for path in names(beside: URL(fileURLWithPath: place)) where lstat(path, &hidden) == 0 {
      if isThere, hidden.st_ino == store.st_ino, hidden.st_dev == store.st_dev {
        // To open and close the store here would cost other connections of this process their locks.
        unlink(path)
      } else {
        removeIfUnlocked(path)
      }
    }
  }

  private static func removeIfUnlocked(_ path: String) {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
      for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
    }
    close(descriptor)
  }
}
