/// The place of a segment among those of its problem: by recording, then source, then position in the source. Rows of a
/// source are written in the order of its positions, so that parents come before their children; what continues a
/// segment of another source or recording is a level above it, and comes after all of that level.
struct SegmentRank: Comparable {
  var level: Int32
  var recording: Int32
  var source: Int32
  var position: Int64

  init(recording: Int32, source: Int32, position: Int64, parent: SegmentRank?) {
    let isAtHome = parent.map { $0.recording == recording && $0.source == source } ?? true
    level = (parent?.level ?? 0) + (isAtHome ? 0 : 1)
    self.recording = recording
    self.source = source
    self.position = position
  }

  static func < (left: SegmentRank, right: SegmentRank) -> Bool {
    (left.level, left.recording, left.source, left.position)
      < (right.level, right.recording, right.source, right.position)
  }
}
