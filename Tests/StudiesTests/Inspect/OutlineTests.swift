import Testing

@testable import Studies

@Suite struct OutlineTests {
  private static func entry(_ parent: Int, _ depth: Int, _ weight: Int, _ title: String) -> Outline.Entry {
    Outline.Entry(parent: parent, depth: depth, weight: weight, title: title, kind: .open)
  }

  /// A root with branches a (4), b (2) and c (1); a has one child with two children, b one child.
  private let outline = Outline(
    entries: [
      entry(-1, 0, 7, "root"), entry(0, 1, 2, "b"), entry(0, 1, 4, "a"), entry(0, 1, 1, "c"), entry(1, 2, 2, "b1"),
      entry(2, 2, 4, "a1"), entry(5, 3, 3, "a11"), entry(5, 3, 1, "a12"),
    ], unit: "draw")

  private func text(_ bounds: OutlineBounds) -> String { OutlineView(outline, bounds: bounds).text }

  @Test func drawsAll() {
    #expect(
      text(OutlineBounds()) == """
        root
        ├─ a
        │  a1
        │  ├─ a11
        │  └─ a12
        ├─ b
        │  b1
        └─ c

        """)
  }

  @Test func boundsTheDepth() {
    #expect(
      text(OutlineBounds(depth: 1)) == """
        root
        ├─ a
        │  └─ … 1 more branch, 4 draws
        ├─ b
        │  └─ … 1 more branch, 2 draws
        └─ c

        """)
  }

  @Test func boundsTheBranches() {
    #expect(
      text(OutlineBounds(top: 1)) == """
        root
        ├─ a
        │  a1
        │  ├─ a11
        │  └─ … 1 more branch, 1 draw
        └─ … 2 more branches, 3 draws

        """)
  }

  /// The root and the three heaviest below it: a, a1 and a11.
  @Test func boundsTheNodes() {
    let view = OutlineView(outline, bounds: OutlineBounds(nodes: 3))
    #expect(view.order == [0, 2, 5, 6])
    #expect(view.hiddenCount == 4)
    #expect(OutlineView(outline, bounds: OutlineBounds(nodes: 100)).order.count == 8)
  }

  @Test func escapesForGraphviz() {
    let outline = Outline(
      entries: [
        Outline.Entry(parent: -1, depth: 0, weight: 1, title: "root", kind: .open),
        Outline.Entry(
          parent: 0, depth: 1, weight: 1, title: "1x", text: #"say "\boxed{1}""#, outcome: "→ 1", kind: .right),
      ], unit: "draw")
    let view = OutlineView(outline, bounds: OutlineBounds())
    #expect(
      view.graphviz(title: "a\"b") == #"""
        digraph "a\"b" {
          rankdir=LR;
          node [shape=box, style="rounded,filled", fillcolor=white, fontname="sans-serif", fontsize=10];
          n0 [label="root", fillcolor="#ffffff"];
          n1 [label="1x\nsay \"\\boxed{1}\"\n→ 1", fillcolor="#b7e1cd"];
          n0 -> n1;
        }

        """#)
    #expect(
      view.mermaid == """
        flowchart LR
          n0["root"]:::open
          n0 --> n1["1x<br/>say #34;#92;boxed{1}#34;<br/>→ 1"]:::right
          classDef right fill:#b7e1cd,stroke:#555555,color:#000000
          classDef wrong fill:#f4c7c3,stroke:#555555,color:#000000
          classDef open fill:#ffffff,stroke:#555555,color:#000000

        """)
  }

  @Test func graphsSayWhatTheyHide() {
    let view = OutlineView(outline, bounds: OutlineBounds(top: 1))
    #expect(
      view.graphviz(title: "t").contains("  h0 [label=\"… 2 more branches, 3 draws\", shape=plaintext, style=\"\"];"))
    #expect(view.mermaid.contains("  n5 -.-> h5([\"… 1 more branch, 1 draw\"])"))
  }

  @Test(
    arguments: [
      ("a\nb\r\nc", "a⏎b⏎c"), ("\u{1B}[31mred", "·[31mred"), ("a\u{202E}b\u{0}", "a·b·"), ("déjà 👩‍👩‍👧 vu", "déjà 👩‍👩‍👧 vu"),
      ("0123456789ABC", "0123456789AB…"),
    ])
  func shortensTexts(text: String, line: String) {
    #expect(OneLineText.shortened(text, to: 12) == line)
  }

  @Test func writesScores() {
    #expect(
      [0, 0.5, 0.9996, 1e-26, -3.5, 0.0004].map(OneLineText.score) == [
        "0.000", "0.500", "1.000", "1e-26", "-3.500", "4e-04",
      ])
  }
}
