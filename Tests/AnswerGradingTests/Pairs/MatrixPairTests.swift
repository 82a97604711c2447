import Testing

@testable import AnswerGrading

/// Matrices and vectors.
struct MatrixPairTests {
  static let equal: [AnswerPair] = [
    AnswerPair(#"(1,2,3)"#, #"\begin{pmatrix}1\\2\\3\end{pmatrix}"#),
    AnswerPair(#"(1,2,3)"#, #"\begin{bmatrix}1\\2\\3\end{bmatrix}"#),
    AnswerPair(#"\begin{bmatrix}1&0\\0&1\end{bmatrix}"#, #"\begin{pmatrix}1&0\\0&1\end{pmatrix}"#),
    AnswerPair(#"\begin{bmatrix}2&0\\0&2\end{bmatrix}"#, #"2\begin{pmatrix}1&0\\0&1\end{pmatrix}"#),
    AnswerPair(#"\begin{bmatrix}2&0\\0&2\end{bmatrix}"#, #"[[2,0],[0,2]]"#),
    AnswerPair(#"3\mathbf{i}+2\mathbf{j}"#, #"2\mathbf{j}+3\mathbf{i}"#),
    AnswerPair(#"3\mathbf{i}+2\mathbf{j}"#, #"3\hat{i}+2\hat{j}"#),
    AnswerPair(#"3\mathbf{i}+2\mathbf{j}"#, #"\langle 3,2\rangle"#),
    AnswerPair(#"3\mathbf{i}+2\mathbf{j}"#, #"(3,2)"#),
    AnswerPair(#"\mathbf{i}-\mathbf{k}"#, #"(1,0,-1)"#),
    AnswerPair(#"2\vec{i}+\vec{j}"#, #"2\mathbf{i}+\mathbf{j}"#),
    AnswerPair(#"2i+3j"#, #"2\mathbf{i}+3\mathbf{j}"#),
    AnswerPair(#"\begin{pmatrix}1\\2\end{pmatrix}"#, #"(1,2)"#),
    AnswerPair(#"\begin{pmatrix}1&2\end{pmatrix}"#, #"(1,2)"#),
    AnswerPair(#"\begin{vmatrix}1&2\\3&4\end{vmatrix}"#, #"-2"#),
    AnswerPair(#"\begin{pmatrix}1&2\\3&4\end{pmatrix}^T"#, #"\begin{pmatrix}1&3\\2&4\end{pmatrix}"#),
    AnswerPair(#"\begin{pmatrix}1&1\\0&1\end{pmatrix}^2"#, #"\begin{pmatrix}1&2\\0&1\end{pmatrix}"#),
    AnswerPair(#"\begin{pmatrix}1&2\\3&4\end{pmatrix}^{-1}"#, #"\begin{pmatrix}-2&1\\3/2&-1/2\end{pmatrix}"#),
    AnswerPair(
      #"\left[\begin{array}{cc|c}1&0&2\\0&1&3\end{array}\right]"#, #"\begin{bmatrix}1&0&2\\0&1&3\end{bmatrix}"#),
  ]

  static let different: [AnswerPair] = [
    AnswerPair(#"\begin{bmatrix}1&2\\3&4\end{bmatrix}"#, #"\begin{bmatrix}1&3\\2&4\end{bmatrix}"#)
  ]

  @Test(arguments: equal) func isEqual(_ pair: AnswerPair) {
    #expect(pair.isEqual)
  }

  @Test(arguments: different) func isDifferent(_ pair: AnswerPair) {
    #expect(!pair.isEqual)
  }
}
