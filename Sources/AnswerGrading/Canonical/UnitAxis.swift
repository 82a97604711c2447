/// A symbol that stands for a unit vector.
struct UnitAxis {
  /// The symbol, or -1 for a plain i.
  var symbol: Int32
  /// 1, 2 or 3 for i, j or k.
  var axis: Int

  /// The unit vectors of a tree: i, j, k in bold, under hats or arrows, or plain i and j together; nil without any.
  static func axes(of tree: SyntaxTree) -> [UnitAxis]? {
    var marked: [UnitAxis] = []
    var plain: [UnitAxis] = []
    for (index, symbol) in tree.symbols.enumerated() {
      if symbol.unitVector > 0 { marked.append(UnitAxis(symbol: Int32(index), axis: Int(symbol.unitVector))) }
      if symbol.name == "j" { plain.append(UnitAxis(symbol: Int32(index), axis: 2)) }
      if symbol.name == "k" { plain.append(UnitAxis(symbol: Int32(index), axis: 3)) }
    }
    if !marked.isEmpty { return marked }
    guard plain.contains(where: { $0.axis == 2 }), tree.nodes.contains(where: { $0.kind == .imaginaryUnit }) else {
      return nil
    }
    return plain + [UnitAxis(symbol: -1, axis: 1)]
  }
}
