extension GnuplotScript {
  /// All words of the figure, placed on an empty coordinate system that covers the whole figure.
  var textLayer: [String] {
    [
      "unset border", "unset tics", "unset grid", "unset arrow", "unset logscale x",
      "set lmargin at screen 0", "set rmargin at screen 1", "set tmargin at screen 1", "set bmargin at screen 0",
      "set xrange [0:1]", "set yrange [0:1]",
    ] + titles + axisLabels + referenceLabels + legendLines + captionLines + ["plot NaN"]
  }

  private var titles: [String] {
    zip(layout.titles, layout.plots).flatMap { lines, plot in
      lines.enumerated().map { number, line in
        let above = Double(lines.count - number) - 0.5
        return label(
          line, left: plot.left + plot.width / 2, top: plot.top - 6 - above * FigureLayout.titleLineHeight,
          alignment: "center", size: FigureLayout.titleFontSize)
      }
    }
  }

  /// a ... z, then aa, ab ...
  static func letter(_ index: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return (index < 26 ? "" : letter(index / 26 - 1)) + String(letters[index % 26])
  }

  private var axisLabels: [String] {
    var lines: [String] = []
    for (index, plot) in layout.plots.enumerated() {
      if layout.bottomPanels[index] {
        let text = TextMetrics.fit(specification.costLabel, width: plot.width + 40, size: FigureLayout.fontSize)
        lines.append(
          label(text, left: plot.left + plot.width / 2, top: plot.bottom + 31, alignment: "center"))
      }
      if layout.leftPanels[index] {
        let text = TextMetrics.fit(specification.accuracyLabel, width: plot.height + 20, size: FigureLayout.fontSize)
        let place = FigureLayout.edge + FigureLayout.fontSize / 2
        lines.append(
          label(text, left: place, top: plot.top + plot.height / 2, alignment: "center rotate by 90"))
      }
    }
    return lines
  }

  private var referenceLabels: [String] {
    zip(specification.panels.indices, layout.plots).flatMap { index, plot in
      let references = specification.panels[index].references
      let axis = layout.accuracyAxes[index]
      let wanted = references.map { plot.bottom - axis.position(of: 100 * $0.accuracy) * plot.height }
      let tops = Spreading.apart(wanted, distance: FigureLayout.referenceFontSize + 2)
      return zip(references, tops).map { reference, top in
        label(
          reference.name, left: plot.right + 5, top: top, alignment: "left", size: FigureLayout.referenceFontSize,
          color: "#444444")
      }
    }
  }

  private var legendLines: [String] {
    layout.legend.entries.flatMap { entry in
      let top = layout.legendTop + entry.middle
      let middle = entry.left + LegendLayout.sample / 2
      return [
        "set arrow from screen \(across(entry.left)),\(down(top)) "
          + "to screen \(across(entry.left + LegendLayout.sample)),\(down(top)) nohead lc rgb '\(entry.style.color)' "
          + "lw 1.9 dt 1",
        "set label '' at screen \(across(middle)),\(down(top)) point \(CurveData.filled(entry.style))",
        label(entry.name, left: LegendLayout.textLeft(of: entry), top: top, alignment: "left"),
      ]
    }
  }

  private var captionLines: [String] {
    layout.captionLines.enumerated().map { number, line in
      label(
        line, left: FigureLayout.edge + 6,
        top: layout.captionTop + (Double(number) + 0.5) * FigureLayout.captionLineHeight, alignment: "left",
        size: FigureLayout.captionFontSize, color: "#444444")
    }
  }

  private func label(
    _ text: String,
    left: Double,
    top: Double,
    alignment: String,
    size: Double = FigureLayout.fontSize,
    color: String = "#222222"
  ) -> String {
    "set label \(GnuplotText.quoted(text)) at screen \(across(left)),\(down(top)) \(alignment) \(font(size)) "
      + "textcolor rgb '\(color)' front"
  }
}
