/// A named rule for finding the final answer in a completion.
///
/// A preset is part of a result's identity: the answers of a recording depend on it, so its name is stored with them,
/// and what a name does never changes. A changed rule gets a new name.
public enum ExtractionPreset: String, CaseIterable, Sendable, Codable {
  /// The project's own rules (version 1), described in `docs/grading.md`: the last balanced box, else an answer
  /// phrase, else the conclusion of the last sentence, else nothing.
  case retrace
  /// The extraction of huggingface/search-and-learn at commit 6f81cac, `extract_answer(text, "math")` in
  /// `src/sal/utils/qwen_math_parser.py`, with its normalisation. Always an answer, if need be the empty text.
  case sal
  /// The extraction of QwenLM/Qwen2.5-Math at commit a45202b, `extract_answer(text, "math")` in
  /// `evaluation/parser.py`, with its normalisation. Always an answer, if need be the empty text.
  case qwen
  /// The extraction of RyanLiu112/compute-optimal-tts at commit 0ee2578, `extract_answer(text, "math")` in
  /// `src/envs/MATH/parse_utils_qwen.py`, with its normalisation. Always an answer, if need be the empty text.
  case cot
}
