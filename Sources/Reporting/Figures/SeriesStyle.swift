/// A colour and a marker that stay apart for colour-blind readers and in black-and-white print.
///
/// The palette is that of Okabe and Ito, "Color Universal Design" (2008), with its yellow darkened, since yellow lines
/// vanish on white paper. Each colour has a marker of its own, so no distinction hangs on colour alone.
public struct SeriesStyle: Hashable, Sendable {
  /// The colour as `#RRGGBB`.
  public let color: String
  /// gnuplot's filled point type.
  let filledMarker: Int
  /// gnuplot's point type of the same shape, open; the same as the filled one for strokes such as a star.
  let openMarker: Int
  /// The marker's size relative to a circle's, so that all shapes look alike in weight.
  let markerScale: Double

  /// The style of a place in the palette; after eight the colours come again with other markers.
  public init(_ index: Int) {
    let place = max(index, 0)
    let count = Self.colors.count
    color = Self.colors[place % count]
    let marker = Self.markers[(place + place / count) % count]
    filledMarker = marker.filled
    openMarker = marker.open
    markerScale = marker.scale
  }

  /// The number of styles before colours come again.
  public static var count: Int { colors.count }

  private static let colors = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#7A6A00", "#56B4E9", "#000000", "#E69F00",
  ]

  private static let markers: [(filled: Int, open: Int, scale: Double)] = [
    (7, 6, 1.0), (5, 4, 0.95), (9, 8, 1.15), (11, 10, 1.15), (13, 12, 1.25), (15, 14, 1.2), (2, 2, 1.0), (1, 1, 1.1),
  ]

  /// The marker's size as a gnuplot expression over the sizes that the script sets for its terminal.
  var size: String {
    let unit = (8...15).contains(filledMarker) ? "cornerSize" : "markerSize"
    return "\(GnuplotText.number(markerScale))*\(unit)"
  }
}
