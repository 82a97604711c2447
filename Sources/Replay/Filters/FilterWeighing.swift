import Foundation
import Traces

extension FilterSettings {
  /// Fills in the weights of all candidates after step t.
  ///
  /// - Parameters:
  ///   - step: t, 1 after the first step.
  ///   - count: N.
  func weigh(step: Int, count: Int, engine: inout ReplayEngine, workspace: inout Workspace) {
    let scale = engine.scores.scale
    guard !looksAhead, !carriesWeights, !schedule.isEntropic else {
      weighAtLength(step: step, count: count, engine: &engine, workspace: &workspace)
      return
    }
    weights.fill(
      workspace.weights, of: workspace.candidates, count: count, scale: scale,
      temperature: schedule.temperature(step: step))
  }

  private func weighAtLength(step: Int, count: Int, engine: inout ReplayEngine, workspace: inout Workspace) {
    let scale = engine.scores.scale
    for i in 0..<count {
      let candidate = workspace.candidates[i]
      // The product over a path's own steps has had its last factor at the path's end.
      let isComplete = accumulates && Int(candidate.steps) < step
      var logWeight = isComplete ? 0 : weights.logWeight(candidate.score, scale: scale)
      if carriesWeights {
        logWeight += workspace.carried[i]
        workspace.carried[i] = logWeight
      }
      // What lies ahead will be weighed by its own score when it comes, so it is not carried.
      if looksAhead { logWeight += engine.lookAhead(from: candidate) }
      workspace.weights[i] = logWeight
    }
    var temperature = schedule.temperature(step: step)
    if schedule.isEntropic {
      let probabilities = Self.softmax(workspace.weights, count: count, into: workspace.numbers)
      temperature =
        probabilities.isFinite
        ? schedule.temperature(
          probabilities: workspace.numbers, count: count, progress: Double(step) / Double(maximumSteps)) : 1
    }
    ScoreWeights.exponentiate(workspace.weights, count: count, temperature: temperature)
  }

  /// Writes softmax of log-weights and returns the normaliser.
  @discardableResult
  private static func softmax(
    _ logWeights: borrowing FlatStorage<Double>, count: Int, into result: borrowing FlatStorage<Double>
  ) -> Double {
    for i in 0..<count { result[i] = logWeights[i] }
    ScoreWeights.exponentiate(result, count: count, temperature: 1)
    let total = ResamplingScheme.total(result, count)
    for i in 0..<count { result[i] /= total }
    return total
  }

  /// Replaces the weighted candidates by equally weighted ones where the trigger asks for it.
  ///
  /// - Returns: Whether candidates were resampled.
  func resample(count: Int, engine: inout ReplayEngine, workspace: inout Workspace) -> Bool {
    if let threshold, Self.effectiveSampleSize(workspace.weights, count: count) >= threshold * Double(count) {
      return false
    }
    if resamplesFinished {
      engine.drawAncestors(
        scheme, weights: workspace.weights, count: count, ancestors: workspace.ancestors, scratch: workspace.numbers)
    } else {
      drawAncestorsOfUnfinished(count: count, engine: &engine, workspace: &workspace)
    }
    gather(count: count, workspace: &workspace)
    return true
  }

  /// 1 / sum p^2 of unnormalised weights.
  static func effectiveSampleSize(_ weights: borrowing FlatStorage<Double>, count: Int) -> Double {
    var sum = 0.0
    var squares = 0.0
    for i in 0..<count {
      sum += weights[i]
      squares += weights[i] * weights[i]
    }
    return sum * sum / squares
  }

  /// Finished candidates stay; the others are resampled among themselves.
  private func drawAncestorsOfUnfinished(count: Int, engine: inout ReplayEngine, workspace: inout Workspace) {
    workspace.order.removeAll(keepingCapacity: true)
    for i in 0..<count {
      if engine.isFinished(workspace.candidates[i]) {
        workspace.ancestors[i] = Int32(truncatingIfNeeded: i)
      } else {
        workspace.spare[workspace.order.count] = workspace.weights[i]
        workspace.order.append(Int32(truncatingIfNeeded: i))
      }
    }
    let open = workspace.order.count
    guard open > 0 else { return }
    engine.drawAncestors(
      scheme, weights: workspace.spare, count: open, ancestors: workspace.openAncestors, scratch: workspace.numbers)
    for j in 0..<open {
      workspace.ancestors[Int(workspace.order[j])] = workspace.order[Int(workspace.openAncestors[j])]
    }
  }

  /// Replaces the candidates by their ancestors' copies.
  private func gather(count: Int, workspace: inout Workspace) {
    for i in 0..<count { workspace.next[i] = workspace.candidates[Int(workspace.ancestors[i])] }
    swap(&workspace.candidates, &workspace.next)
    guard carriesWeights else { return }
    if accumulates {
      for i in 0..<count { workspace.numbers[i] = workspace.carried[Int(workspace.ancestors[i])] }
      for i in 0..<count { workspace.carried[i] = workspace.numbers[i] }
    } else {
      for i in 0..<count { workspace.carried[i] = 0 }
    }
  }
}
