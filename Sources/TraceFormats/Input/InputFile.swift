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
  /// Asked while a pipe gives nothing whether the user wants to stop.
  public var isStopped: @Sendable () -> Bool = { false }

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
    guard case .path = origin, name != "-", !name.hasPrefix("/dev/") else { return "stdin" }
    let last = Self.withoutCompression(name.split(separator: "/").last.map(String.init) ?? name)
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }

  /// A name without the endings of compressed files.
  static func withoutCompression(_ name: String) -> String {
    var plain = name
    for ending in [".gz", ".zst"] where plain.hasSuffix(ending) { plain.removeLast(ending.count) }
    return plain
  }

  /// Whether the bytes come again each time that they are read: those of a file on disk do, those of standard input or
  /// of a pipe with a name do not.
  public var isReadableAgain: Bool {
    guard case .path(let path) = origin else { return false }
    var status = stat()
    // What cannot be looked at is no pipe either: opening it says what is wrong.
    return stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// The size of the file in bytes; 0 for what is no file.
  public var bytesOnDisk: Int {
    guard case .path(let path) = origin else { return 0 }
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Opens the bytes as they are on disk.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be opened. What is opened throws `CancellationError` where the user
  ///   stops a pipe that gives nothing.
  public func openRaw() throws -> any ByteSource {
    switch origin {
    case .path(let path): try FileSource(path: path, name: name, isStopped: isStopped)
    case .standardInput: FileSource(standardInputNamed: name, isStopped: isStopped)
    }
  }

  /// Opens the content, decompressed where it is gzip or zstd by its first bytes.
  ///
  /// - Throws: `UnacceptableData` where the file cannot be opened or its first bytes cannot be read.
  public func open() throws -> any ByteSource {
    try Decompression.detect(openRaw(), name: name)
  }

  /// Whether the content is compressed, by its first bytes.
  ///
  /// - Throws: `UnacceptableData` where they cannot be read.
  public func isCompressed() throws -> Bool {
    Decompression.isCompressed(try Decompression.firstBytes(4, of: openRaw()))
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
  /// - Parameters:
  ///   - path: The file to make.
  ///   - reading: How the content will be read: what it would refuse of the first record is refused before the rest is
  ///     copied, however much of it there is.
  /// - Throws: `UnacceptableData` where the content cannot be read or is refused, and `CocoaError` where the file cannot
  ///   be written.
  public func spooled(to path: String, recognisedBy reading: TraceReading? = nil) throws -> InputFile {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else {
      let reason = String(cString: strerror(errno))
      throw CocoaError(.fileWriteUnknown, userInfo: [NSLocalizedDescriptionKey: reason])
    }
    defer { try? file.close() }
    let copying = CopyingSource(try openRaw(), into: file)
    if let reading { try recognise(copying, reading) }
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while try block.withUnsafeMutableBytes({ try copying.read(into: $0) }) > 0 {}
    return InputFile(path: path, name: name).stopped(by: isStopped)
  }

  private func recognise(_ source: any ByteSource, _ reading: TraceReading) throws {
    let head = try Decompression.firstBytes(4, of: source)
    guard !head.elementsEqual("PAR1".utf8) else { return }
    let whole = PrefixedSource(prefix: head, rest: source)
    _ = try reading.format(of: Decompression.detect(whole, name: name), named: name)
  }
}

extension InputFile {
  /// Inputs are the same when their bytes and their names are.
  public static func == (left: InputFile, right: InputFile) -> Bool {
    left.origin == right.origin && left.name == right.name
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(origin)
    hasher.combine(name)
  }

  /// The same input, whose waiting the user can stop.
  public func stopped(by isStopped: @escaping @Sendable () -> Bool) -> InputFile {
    var copy = self
    copy.isStopped = isStopped
    return copy
  }
}
