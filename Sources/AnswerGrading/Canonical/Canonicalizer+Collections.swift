extension Canonicalizer {
  /// Members separated by commas, "and" and "or".
  mutating func list(_ node: Int32) throws(CanonicalFailure) -> Form {
    let conjunctions = tree.nodes[Int(node)].payload
    if let keys = plainKeys(node) { return Form(.list, KeyBuilder.combine(.list, keys.sorted())) }
    var members: [Form] = []
    for child in tree.childList(node) { members.append(try form(child)) }
    if let excluded = excludedPoints(members, node) { return excluded }
    if let duration = duration(members, conjunctions) { return duration }
    if let region = joinedRegion(members, conjunctions) { return region }
    if tree.childList(node).contains(where: { tree.kind($0) == .dots }) { return ordered(members) }
    return collection(members, isSet: false, isBare: true)
  }

  /// `x \ne 1, 2`.
  private func excludedPoints(_ members: [Form], _ node: Int32) -> Form? {
    let first = tree.child(node, 0)
    guard tree.kind(first) == .relation, tree.operators[Int(tree.nodes[Int(first)].payload)] == .notEqual,
      var region = members[0].region
    else { return nil }
    var excluded: [Region] = []
    for member in members.dropFirst() {
      guard member.kind == .scalar, member.name == .none, let value = member.value, let point = Region(point: value)
      else { return nil }
      excluded.append(point)
    }
    region = region.intersection(Region.union(excluded).complement)
    var form = self.form(of: region)
    form.kind = .inequality
    form.name = members[0].name
    return form
  }

  mutating func set(_ node: Int32) throws(CanonicalFailure) -> Form {
    var members: [Form] = []
    for child in tree.childList(node) { members.append(try form(child)) }
    if tree.nodes[Int(node)].payload == 1 { return ordered(members) }
    if members.count == 1 && (tree.kind(tree.child(node, 0)) == .emptySet || members[0].kind == .set) {
      return Form(.set, KeyBuilder.combine(.setOperation, [members[0].key]))
    }
    return collection(members, isSet: true, isBare: false)
  }

  /// The keys of many children that are all plain numbers, without a form for each; nil for anything else.
  func plainKeys(_ node: Int32) -> [ClassKey]? {
    guard tree.count(node) > 64 else { return nil }
    var keys: [ClassKey] = []
    keys.reserveCapacity(tree.count(node))
    for child in tree.childList(node) {
      guard tree.kind(child) == .number, let key = tree.literals[Int(tree.nodes[Int(child)].payload)].value.classKey
      else { return nil }
      keys.append(key)
    }
    return keys
  }

  /// A list with dots: the order says what the dots stand for.
  private func ordered(_ members: [Form]) -> Form {
    var form = Form(.list, KeyBuilder.combine(.orderedList, members.map(\.key)))
    form.members = members
    return form
  }

  /// An unordered collection; bare lists inside are spread out, and a collection of one member is the member.
  func collection(_ members: [Form], isSet: Bool, isBare: Bool) -> Form {
    var all: [Form] = []
    for member in members {
      if member.kind == .list && member.isBareList { all += member.members } else { all.append(member) }
    }
    var keys = all.map(\.key)
    keys.sort()
    if isSet {
      var unique: [ClassKey] = []
      for key in keys where unique.last != key { unique.append(key) }
      keys = unique
    }
    if keys.count == 1 { return all[0] }
    var form = Form(.list, KeyBuilder.combine(.list, keys))
    form.members = all
    form.isBareList = isBare
    // `x = 1, 2` names the unknown of every member.
    if let first = all.first, first.name != .none,
      all.dropFirst().allSatisfy({ $0.name == .none || $0.name == first.name })
    {
      form.name = first.name
    }
    return form
  }

  /// "2 hours and 30 minutes".
  private func duration(_ members: [Form], _ conjunctions: Int32) -> Form? {
    guard conjunctions & 5 == 0, let last = members.last?.unit, last.isTime else { return nil }
    var arithmetic = Arithmetic(budget: 1_000, exactBits: 256)
    var total = Number.zero
    for member in members {
      guard let unit = member.unit, unit.dimension == last.dimension, let value = member.value else { return nil }
      let scale = Number.fraction(unit.numerator, unit.denominator)
      total = arithmetic.add(total, arithmetic.multiply(value, scale))
    }
    total = arithmetic.divide(total, Number.fraction(last.numerator, last.denominator))
    guard let key = total.classKey else { return nil }
    var form = Form(.scalar, key)
    form.value = total
    form.unit = last
    return form
  }

  /// Inequalities and intervals joined by words or commas are one region.
  private func joinedRegion(_ members: [Form], _ conjunctions: Int32) -> Form? {
    var regions: [Region] = []
    var name = FormName.none
    var isInequality = false
    for member in members {
      guard let region = member.region else { return nil }
      if member.kind == .inequality { isInequality = true }
      if member.name != .none {
        if name != .none && name != member.name { return nil }
        name = member.name
      }
      regions.append(region)
    }
    if !isInequality {
      // Sets joined by words are a union; sets after commas are a list.
      guard conjunctions & 6 != 0, conjunctions & 1 == 0, regions.contains(where: { $0.isUnbounded }) else {
        return nil
      }
      return self.form(of: Region.union(regions))
    }
    var joined = conjunctions & 4 != 0 ? Region.union(regions) : Region.intersection(regions)
    if joined.isEmpty { joined = Region.union(regions) }
    var form = self.form(of: joined)
    form.name = name
    return form
  }

  /// An ordered list in brackets of any kind.
  mutating func tuple(_ node: Int32) throws(CanonicalFailure) -> Form {
    var members: [Form] = []
    for child in tree.childList(node) { members.append(try form(child)) }
    return tuple(members)
  }

  /// `(\pm 1, 2)` stands for two tuples; nil when no member is a list of its own.
  private func choices(_ members: [Form]) -> [[Form]]? {
    guard members.contains(where: { $0.kind == .list && $0.isBareList }) else { return nil }
    var result: [[Form]] = [[]]
    for member in members {
      let options = member.kind == .list && member.isBareList ? member.members : [member]
      guard result.count * options.count <= 64 else { return nil }
      result = result.flatMap { head in options.map { head + [$0] } }
    }
    return result
  }

  func tuple(_ members: [Form]) -> Form {
    if members.count == 1 { return members[0] }
    if let choices = choices(members) { return collection(choices.map { tuple($0) }, isSet: true, isBare: true) }
    var form = Form(.tuple, KeyBuilder.combine(.tuple, members.map(\.key)))
    form.members = members
    return form
  }

  /// `(a, b)`: a pair, which is also an open interval.
  mutating func parenthesized(_ node: Int32) throws(CanonicalFailure) -> Form {
    var members: [Form] = []
    for child in tree.childList(node) { members.append(try form(child)) }
    if members.count == 2, let region = interval(members, lowClosed: false, highClosed: false) {
      var form = region.isUnbounded ? self.form(of: region) : tuple(members)
      form.region = region
      return form
    }
    return tuple(members)
  }

  /// `[a, b]`: a closed interval; more members are a vector, and equal rows a matrix.
  mutating func bracketed(_ node: Int32) throws(CanonicalFailure) -> Form {
    let children = Array(tree.childList(node))
    let columns = tree.count(children[0])
    if children.allSatisfy({ tree.kind($0) == .bracketed && tree.count($0) == columns }) {
      var cells: [Form] = []
      for row in children { for cell in tree.childList(row) { cells.append(try form(cell)) } }
      return matrix(cells, columns: columns)
    }
    var members: [Form] = []
    for child in children { members.append(try form(child)) }
    guard members.count == 2 else { return tuple(members) }
    if let region = interval(members, lowClosed: true, highClosed: true) {
      var form = self.form(of: region)
      form.members = members
      return form
    }
    var form = Form(.other, KeyBuilder.combine(.closedPair, members.map(\.key)))
    form.members = members
    return form
  }

  mutating func halfOpen(_ node: Int32) throws(CanonicalFailure) -> Form {
    let lowClosed = tree.kind(node) == .halfOpenRight
    guard tree.count(node) == 2 else { throw .undefined }
    let members = [try form(tree.child(node, 0)), try form(tree.child(node, 1))]
    if let region = interval(members, lowClosed: lowClosed, highClosed: !lowClosed) {
      var form = self.form(of: region)
      form.members = members
      return form
    }
    var builder = KeyBuilder(.interval)
    builder.add(lowClosed ? 1 : 0)
    for member in members { builder.add(member.key) }
    var form = Form(.other, builder.key)
    form.members = members
    return form
  }

  private func interval(_ members: [Form], lowClosed: Bool, highClosed: Bool) -> Region? {
    guard let low = members[0].value, let high = members[1].value else { return nil }
    return Region(low: low, lowClosed: lowClosed, high: high, highClosed: highClosed)
  }
}
