enum QwenExtraction {
  static func answer(in utf8: UnsafeBufferPointer<UInt8>) -> String? { nil }
}
