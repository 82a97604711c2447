import Foundation
import Traces

/// A file to read, or standard input.
public struct InputFile: Hashable, Sendable {
  /// Where the bytes come from.
  public enum Origin: Hashable, Sendable {
    /// A file by its path.
    case path(String)
    /// The process's standard input.
    case standardInput
  }

  /// Where the bytes come from.
  public var origin: Origin
  /// The input as the user named it, for messages; `-` for standard input.
  public var name: String

  /// Names a file; `-` means standard input.
  public init(_ path: String) {
    origin = path == "-" ? .standardInput : .path(path)
    name = path
  }

  /// Reads one file under another name, as for standard input kept in a temporary file.
  public init(path: String, name: String) {
    origin = .path(path)
    self.name = name
  }

  /// The file's name without folders and without `.gz`, `.zst` and the extension before them; `stdin` for `-`.
  public var stem: String {
    guard case .path = origin, name != "-" else { return "stdin" }
    var last = name.split(separator: "/").last.map(String.init) ?? name
    for ending in [".gz", ".zst"] where last.hasSuffix(ending) { last.removeLast(ending.count) }
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }

  /// Opens the bytes as they are on disk.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be opened.
  public func openRaw() throws -> any ByteSource {
    switch origin {
    case .path(let path): try FileSource(path: path, name: name)
    case .standardInput: FileSource(standardInputNamed: name)
    }
  }

  /// Opens the content, decompressed where it is gzip or zstd by its first bytes.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be opened or its first bytes cannot be read.
  public func open() throws -> any ByteSource {
    try Decompression.detect(openRaw(), name: name)
  }

  /// Hands the bytes as they are on disk to a function, in blocks, as for a checksum.
  ///
  /// - Throws: What reading and the function throw.
  public func forEachRawBlock(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let source = try openRaw()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while case let count = try source.read(into: block), count > 0 {
      try body(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  /// Copies the bytes into a file, so that standard input can be read more than once; messages keep the name.
  ///
  /// - Throws: What reading throws, and `CocoaError` where the file cannot be written.
  public func spooled(to path: String) throws -> InputFile {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw CocoaError(.fileWriteUnknown) }
    defer { try? file.close() }
    try forEachRawBlock { try file.write(contentsOf: $0) }
    return InputFile(path: path, name: name)
  }
}
