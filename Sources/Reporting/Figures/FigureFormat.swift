/// A file format of figures.
public enum FigureFormat: String, Hashable, Sendable, CaseIterable {
  /// Vector graphics for pages.
  case svg
  /// Pixels: 2.5 a unit of the layout, 1,600 to 2,500 wide.
  case png
  /// Vector graphics for papers, fonts embedded.
  case pdf

  /// Whether bytes begin as a file of the format does.
  func matches(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .svg: bytes.starts(with: "<?xml".utf8)
    case .png: bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    case .pdf: bytes.starts(with: "%PDF-".utf8)
    }
  }
}
