/// The copies that the paper's repository writes beside its pickles: `intermediate/x_intermediate.pkl` holds the particles
/// of `x.pkl`, once more.
enum IntermediateParticles {
  /// Takes the copies out of the files of a folder, where what they are copies of is there, too.
  ///
  /// - Returns: The other files in their order, and the copies' names.
  static func separated(_ files: [InputFile]) -> (files: [InputFile], copies: [String]) {
    let names = Set(files.map { InputFile.withoutCompression($0.name) })
    var others: [InputFile] = []
    var copies: [String] = []
    for file in files {
      if let original = original(of: InputFile.withoutCompression(file.name)), names.contains(original) {
        copies.append(file.name)
      } else {
        others.append(file)
      }
    }
    return (others, copies)
  }

  /// What a file would be a copy of, by its name and place; `nil` for other names.
  private static func original(of name: String) -> String? {
    var parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let ending = "_intermediate.pkl"
    guard parts.count > 1, let last = parts.popLast(), last.hasSuffix(ending), parts.popLast() == "intermediate" else {
      return nil
    }
    return (parts + [last.dropLast(ending.count) + ".pkl"]).joined(separator: "/")
  }
}
