import Traces

/// Where the lines of some texts end.
struct LineBreaks {
  private var places: [Int32] = []
  /// For each text where its places end.
  private var bounds: [Int] = []
  /// For each text where its bytes end in the block of all.
  private var ends: [Int] = []

  /// Of no texts yet.
  init() {}

  init(of texts: [SharedText]) {
    for text in texts {
      text.withUTF8 { bytes in
        for index in bytes.indices where bytes[index] == 0x0a { places.append(Int32(clamping: index)) }
      }
      bounds.append(places.count)
      ends.append((ends.last ?? 0) + text.count)
    }
  }

  /// Adds a text that follows the others in a block.
  ///
  /// - Parameters:
  ///   - breaks: Its line breaks in the block.
  ///   - end: Where it ends.
  mutating func add(_ breaks: [Int], ofTextUpTo end: Int) {
    let start = ends.last ?? 0
    for place in breaks { places.append(Int32(clamping: place - start)) }
    bounds.append(places.count)
    ends.append(end)
  }

  /// The texts, which lie one behind the other in a block.
  func texts(in block: [UInt8]) -> [SharedText] {
    indices.map { SharedText(in: block, ($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]) }
  }

  /// The line breaks of one text.
  struct OfText {
    /// Their offsets in bytes.
    let places: ArraySlice<Int32>
    /// The number of the text's bytes.
    let count: Int
  }

  subscript(text: Int) -> OfText {
    let (first, start) = text == 0 ? (0, 0) : (bounds[text - 1], ends[text - 1])
    return OfText(places: places[first..<bounds[text]], count: ends[text] - start)
  }

  var indices: Range<Int> { ends.indices }
}
