import ArgumentParser
import Foundation
import Traces

/// The program's exit codes, fixed by the interface.
enum Outcome {
  /// The work failed.
  static let failed = ExitCode(1)
  /// The data is not acceptable.
  static let unacceptable = ExitCode(2)

  /// The user stopped the work: what was finished has been printed.
  static func stopped(_ output: OutputOptions) -> ExitCode {
    output.notice("stopped: the numbers are over the problems that were finished")
    return failed
  }
}

/// Turns every error into one message on standard error and an exit code.
enum Failure {
  /// Says what went wrong and returns the code to exit with.
  static func report(_ error: any Error, of command: Retrace.Type = Retrace.self) -> Int32 {
    switch error {
    case let code as ExitCode:
      return code.rawValue
    case let refusal as UnacceptableData:
      say(refusal.localizedDescription)
      return Outcome.unacceptable.rawValue
    case let error as any DataRefusal:
      say(error.localizedDescription)
      return Outcome.unacceptable.rawValue
    case is CancellationError:
      say("stopped")
      return Outcome.failed.rawValue
    default:
      return reportOther(error, of: command)
    }
  }

  private static func reportOther(_ error: any Error, of command: Retrace.Type) -> Int32 {
    let code = command.exitCode(for: error)
    if code == .success {
      Console.outputLine(command.message(for: error))
      return code.rawValue
    }
    if code == .validationFailure {
      Console.message(command.fullMessage(for: error))
      return code.rawValue
    }
    say((error as? any LocalizedError)?.errorDescription ?? String(describing: error))
    return Outcome.failed.rawValue
  }

  private static func say(_ text: String) {
    Console.labelled("error:", colour: 31, text)
  }
}
