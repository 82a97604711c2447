#!/usr/bin/env python3
"""Records what the original extraction functions answer, for Tests/AnswerGradingTests/Extraction.

    pip install regex word2number
    scripts/record-qwen-extraction.py --sal PATH/qwen_math_parser.py --qwen PATH/parser.py \
        --cot PATH/parse_utils_qwen.py > fixtures/extraction/qwen-family.jsonl

--sal   src/sal/utils/qwen_math_parser.py of huggingface/search-and-learn at 6f81cac
--qwen  evaluation/parser.py of QwenLM/Qwen2.5-Math at a45202b
--cot   src/envs/MATH/parse_utils_qwen.py of RyanLiu112/compute-optimal-tts at 0ee2578

Each line is {"text", "sal", "qwen", "cot"}: a text and what `extract_answer(text, "math")` of each source returns. The texts
are written below or combined from pieces written below, with a fixed seed, so that a second run prints the same.
"""

import argparse
import json
import random
import sys
import types

HAND_WRITTEN = [
    "", " ", "\n", ".", "boxed", "boxed{", "boxed{}", "boxed{7", "\\boxed{7}", "\\boxed 7", "\\boxed7$ and $8$",
    "\\boxed{\\frac12}", "\\boxed{\\frac1{72}}", "\\boxed{\\frac{72}1}", "\\boxed{\\dfrac34}", "\\boxed{\\tfrac xy}",
    "\\boxed{\\frac}", "\\boxed{\\frac1}", "\\boxed{\\frac1\\frac23}", "\\boxed{3/4}", "\\boxed{-3/4}", "\\boxed{03/4}",
    "\\boxed{-0/4}", "\\boxed{3/4/5}", "\\boxed{\\sqrt3/2}", "\\boxed{\\sqrt 3}", "\\boxed{\\sqrt3x}", "\\boxed{\\sqrt[3]{5}}",
    "\\boxed{12\\text{ cm}}", "\\boxed{\\text{cm}}", "\\boxed{\\text{12 cm}}", "\\boxed{5 \\text{ and } 6 \\text{ cm}}",
    "\\boxed{5 m m}", "\\boxed{5 miles}", "\\boxed{miles}", "\\boxed{5 a . m}", "\\boxed{5 p . m}", "\\boxed{x = 5}",
    "\\boxed{xy = 5}", "\\boxed{xyz = 5}", "\\boxed{a=b=c}", "\\boxed{90^\\circ}", "\\boxed{90^{\\circ}}", "\\boxed{25\\%}",
    "\\boxed{25%}", "\\boxed{\\$12.50}", "\\boxed{1,234}", "\\boxed{1{,}234}", "\\boxed{1\\!234}", "\\boxed{.5}",
    "\\boxed{-.5}", "\\boxed{ .5}", "\\boxed{3.00}", "\\boxed{3.}", "\\boxed{3.0x}", "\\boxed{3.00.}", "\\boxed{1.0.}",
    "\\boxed{3..5}", "\\boxed{3.050}", "\\boxed{007}", "\\boxed{seven}", "\\boxed{twenty-three}",
    "\\boxed{two million three thousand}", "\\boxed{two million three thousand and forty nine}",
    "\\boxed{one hundred}", "\\boxed{hundred}", "\\boxed{hundred five}", "\\boxed{point}", "\\boxed{point five}",
    "\\boxed{three point one four}", "\\boxed{three point ten}", "\\boxed{thousand}", "\\boxed{thousand thousand}",
    "\\boxed{one thousand million}", "\\boxed{five hundred twenty three thousand one}", "\\boxed{one billion two thousand}",
    "\\boxed{one two three four five}", "\\boxed{3 \\text{ or one}}", "\\boxed{\\text{Two}}", "\\boxed{no change}",
    "\\boxed{\\left(3, \\frac{\\pi}{2}\\right)}", "\\boxed{\\{1, 2\\}}", "\\boxed{\\emptyset}", "\\boxed{(-\\infty,\\infty)}",
    "\\boxed{(-\\infty, \\infty)}", "\\boxed{inf}", "\\boxed{infinity}", "\\boxed{+infinity}", "\\boxed{x\\in[1,2]}",
    "\\boxed{x \\in [1,2]}", "\\boxed{2+3j}", "\\boxed{2i+3j}", "\\boxed{\\mathbf{v}}", "\\boxed{5\\mbox{ cm}^2}",
    "\\boxed{\\begin{array}{cc} 1 & 2 \\\\ 3 & 4 \\end{array}}", "\\boxed{\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}}",
    "\\boxed{a \\neq b}", "\\boxed{a \\leq b \\geq c}", "\\boxed{\\text{A}}", "\\boxed{(A)}", "\\boxed{A}", "\\boxed{sand}",
    "\\boxed{y=2x+3}", "\\boxed{1\\frac12}", "\\boxed{5 .}", "\\boxed{5 ...}", "\\boxed{5/}", "\\boxed{:5}", "\\boxed{5\n6}",
    "\\boxed{5\n  6}", "\\boxed{\n5\n}", "\\boxed{5}{6}", "\\boxed{{5}", "\\boxed{5\\}}", "\\boxed{4} then \\boxed{}",
    "\\boxed{4} then boxed", "unboxed 5", "the boxed answer", "\\fbox{5}", "\\boxed{４}", "\\boxed{٣/٤}", "\\boxed{４２}",
    "\\boxed{5\u00a0m}", "\\boxed{5\u3000}", "\\boxed{5 ° f}", "\\boxed{3 π r 2}", "\\boxed{5 ∏ cm ³}", "\\boxed{x²}",
    "\\boxed{\u043a\u043814}", "\\boxed{5\u043a\u0438}", "The answer is 42.", "the answer is 42", "he answer is: 42",
    "answer is 42", "The final answer is 42", "the final answer is $42$. I hope it is correct.",
    "The final answer is $42$. I hope it is correct. The final answer is $43$. I hope it is correct.",
    "$. I hope so. The final answer is $42$", "The final answer is $ 42 $. I hope", "final answer is 7 and final answer is 8",
    "The answer is 5. No, the answer is 6 apples.", "The answer is\n\n  12\n", "The answer is x = 5/", "答案是 24。", "答案是24\n\n谢谢",
    "答案是24答案是25", "答案是\n\n7", "So 1,234 of 5,678.9 remain", "1.2.3", "-5-3", "--5", "-.5", "1.", ".", "a1b2c3",
    "3 dogs and 4 cats", "no numbers here", "٣ and ٤", "1e-7", "x_1 = 2", "Step 1. Then 2", "5%", "12:30", "1 000", "½",
    "The answer is no solution", "The answer is one of the following: 3", "The answer is seven ways.",
    "The answer is \\(x^2+1\\).", "The answer is $\\frac{1}{2}$ cups", "The answer is five hundred and two and a half",
    "The answer is $x=3$ or $x=-3$.", "The answer is 10 sq . m", "The answer is 10 cu cm s", "The answer is 10 m^2",
    "\x1c5\x1f", "The answer is \x855\u2003", "\\boxed{\x1c 5 \x1d}", "\\boxed{\u212aelvin}", "The answer is \\text{5 cm}",
    "\\boxed{\\text{(A) } 12}", "\\boxed{\\left.5\\right|}", "\\boxed{\\rightarrow}", "\\boxed{\\leftarrow}", "\\boxed{tdfrac}",
    "\\boxed{" + "{" * 40 + "5" + "}" * 40 + "}", "\\boxed{" * 30 + "5", "\\boxed{1 \\text{ a } 2 \\text{ b}}",
]

PIECES = [
    "\\frac", "\\dfrac", "1", "2", "{3}", "{", "}", "x", "=", "/", "\\sqrt", "\\text{ cm}", "\\text{", "\\mbox{", " ", ".", "0",
    "$", "\\%", "%", "\\left", "\\right", "(", ")", ",", "two", " hundred ", "thousand", "point", "five", " m", " s ", " a ",
    "day", " per ", "inf", "and", "j", "i", "\\infty", "^\\circ", "^{\\circ}", "\n", ":", "-", "+", "\\in", "\\to", "\\!", "miles",
    "o", "°", "²", "é", "_", "7", "10", "\\$", "\\(", "\\)", "bmatrix", "\\begin{array}{", "\\end{array}", "x=", "\\mathbf", "[", "]",
]

FRAMES = [
    "{}", "\\boxed{{{}}}", "So \\boxed{{{}}} it is.", "\\boxed {}", "The answer is {}", "The answer is {}.",
    "The final answer is ${}$. I hope it is correct.", "final answer is {}", "答案是{}", "It is {} of 12", "\\boxed{{4}} or boxed{}$",
]


def texts():
    yield from HAND_WRITTEN
    generator = random.Random(20261125)
    for frame in FRAMES:
        for _ in range(90):
            length = generator.randint(1, 9)
            yield frame.format("".join(generator.choice(PIECES) for _ in range(length)))


def load(path, name):
    """Loads a source file; what it imports for other purposes than extraction is replaced by empty modules."""
    for missing in ["latex2sympy2", "sympy", "sympy.parsing", "sympy.parsing.latex", "sympy.parsing.sympy_parser", "utils"]:
        module = sys.modules.setdefault(missing, types.ModuleType(missing))
        for attribute in ["latex2sympy", "N", "simplify", "parse_latex", "parse_expr"]:
            setattr(module, attribute, None)
    module = types.ModuleType(name)
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)
    return module


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sal", required=True)
    parser.add_argument("--qwen", required=True)
    parser.add_argument("--cot", required=True)
    arguments = parser.parse_args()
    sources = {name: load(getattr(arguments, name), name) for name in ["sal", "qwen", "cot"]}
    for text in texts():
        row = {"text": text}
        for name, source in sources.items():
            row[name] = source.extract_answer(text, "math")
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
