@_exported import enum AnswerGrading.ExtractionPreset

/// How answers are found in texts, by the names that the command line takes.
public typealias GradingPreset = ExtractionPreset
