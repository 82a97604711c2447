import Traces

/// What depends on the order of a file's lines: conventions that hold over the file, and the numbers of its rollouts.
struct FileOrder {
  let reader: any LineReader.Type
  let file: String
  let skipInvalid: Bool
  private var agreeing: UInt32 = .max
  private var rolloutCounts: [ExactText: Int] = [:]
  private var known: [ExactText: (statement: String?, answer: String?, line: Int)] = [:]
  private var damagedProblems: Set<ExactText> = []
  private var hasUnknownDamage = false
  private var repeated: RepeatedRecords

  init(reader: any LineReader.Type, file: String, skipInvalid: Bool) {
    repeated = RepeatedRecords(file: file, areWholeSamples: reader.recordsAreWholeSamples)
    self.reader = reader
    self.file = file
    self.skipInvalid = skipInvalid
  }

  /// The convention that all lines so far agree with, in words.
  var convention: String? {
    reader.conventions.indices.first { agreeing & (1 << UInt32($0)) != 0 }.map { reader.conventions[$0] }
  }

  /// Takes the next batch of the file.
  ///
  /// - Parameters:
  ///   - fingerprint: What a record says, by the note that was made of it.
  /// - Throws: `UnacceptableData` for a line that breaks with the lines before it, unless such lines are to be skipped.
  mutating func accept<Note>(
    _ parsed: ParsedBatch, notes: [Note], fingerprint: (Note) -> RecordFingerprint?, _ summary: inout ReadingSummary
  ) throws -> AnnotatedBatch<Note> {
    let breaking = try linesBreakingConventions(parsed, &summary)
    damagedProblems.formUnion(parsed.damagedProblems)
    hasUnknownDamage = hasUnknownDamage || parsed.hasUnknownDamage
    var batch = AnnotatedBatch<Note>(
      records: [], notes: [], linesRead: parsed.linesRead, bytesRead: parsed.bytesRead)
    batch.records.reserveCapacity(parsed.records.count)
    for (record, note) in zip(parsed.records, notes) where !breaking.contains(record.line) {
      let key = ExactText(record.problem.key)
      let earlier = rolloutCounts[key, default: 0]
      let repetition = repeated.find(
        record, identity: parsed.identities[record.line], fingerprint: fingerprint(note))
      if let refusal = refusal(of: record, earlier: earlier, repetition, &summary) {
        guard skipInvalid else { throw refusal }
        summary.skip([refusal], count: 1)
        damagedProblems.insert(key)
        continue
      }
      rolloutCounts[key] = earlier + record.rollouts.count
      batch.records.append(reader.parentsAreWithinRecord ? Self.rebased(record, by: earlier) : record)
      batch.notes.append(note)
    }
    return batch
  }

  private mutating func linesBreakingConventions(
    _ parsed: ParsedBatch, _ summary: inout ReadingSummary
  ) throws -> Set<Int> {
    var breaking: Set<Int> = []
    for (line, conventions) in parsed.conventions {
      if agreeing & conventions != 0 {
        agreeing &= conventions
        continue
      }
      let refusal = disagreement(line: line, conventions: conventions)
      guard skipInvalid else { throw refusal }
      summary.skip([refusal], count: 1)
      breaking.insert(line)
    }
    return breaking
  }

  private func disagreement(line: Int, conventions: UInt32) -> UnacceptableData {
    let names = reader.conventions.indices.filter { conventions & (1 << UInt32($0)) != 0 }.map {
      reader.conventions[$0]
    }
    return UnacceptableData(
      file: file, line: line, found: "a record that follows the rule `\(names.joined(separator: "` or `"))`",
      expected: "the rule `\(convention ?? "none")`, as in the lines before",
      remedy: "split the file by the scorer that made it, or leave such records out with --skip-invalid")
  }

  /// What keeps a record from joining those before it, if anything does.
  private mutating func refusal(
    of record: TraceRecord, earlier: Int, _ repetition: RepeatedRecords.Finding?, _ summary: inout ReadingSummary
  ) -> UnacceptableData? {
    guard canResolveParents(of: record, earlier: earlier) else { return unresolvable(record) }
    if let contradiction = contradiction(of: record) { return contradiction }
    switch repetition {
    case .refusal(let refusal): return refusal
    case .possible(let note): summary.noteRepeated(note)
    case nil: break
    }
    return nil
  }

  /// A problem that is another one than before.
  private mutating func contradiction(of record: TraceRecord) -> UnacceptableData? {
    let problem = record.problem
    guard let before = known[ExactText(problem.key)] else {
      known[ExactText(problem.key)] = (problem.statement, problem.answer, record.line)
      return nil
    }
    for (part, old, new) in [
      ("statement", before.statement, problem.statement), ("answer", before.answer, problem.answer),
    ] {
      guard let old, let new, !old.isSameText(as: new) else { continue }
      if part == "statement", Problem.areSameStatements(old, new) { continue }
      return UnacceptableData(
        file: file, line: record.line, field: "problem",
        found: "problem \(problem.key) with the \(part) \"\(JSONCursor.shortened(new))\"",
        expected: "\"\(JSONCursor.shortened(old))\", as on line \(before.line)",
        remedy: "give different problems different ids")
    }
    return nil
  }

  /// After skipped lines, parents that are counted over the whole file may point to the wrong rollout.
  private func canResolveParents(of record: TraceRecord, earlier: Int) -> Bool {
    guard hasUnknownDamage || !damagedProblems.isEmpty, !reader.parentsAreWithinRecord else { return true }
    let continuesFile = record.rollouts.contains { $0.parent.map { $0.recording == nil } ?? false }
    guard continuesFile else { return true }
    return !damagedProblems.contains(ExactText(record.problem.key)) && (earlier == 0 || !hasUnknownDamage)
  }

  private func unresolvable(_ record: TraceRecord) -> UnacceptableData {
    UnacceptableData(
      file: file, line: record.line, found: "rollouts that continue others, after a line that was skipped",
      expected: "all earlier rollouts of problem \(record.problem.key), which `parent` counts")
  }

  private static func rebased(_ record: TraceRecord, by earlier: Int) -> TraceRecord {
    guard earlier > 0 else { return record }
    var copy = record
    for index in copy.rollouts.indices {
      copy.rollouts[index].parent?.rollout += earlier
    }
    return copy
  }
}
