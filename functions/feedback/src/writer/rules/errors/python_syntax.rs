//! Errors that keep a Python program from starting.

use super::{Explanation, NO_ENTRY, row};

/// By the parser's words.
pub(super) const SYNTAX: &[Explanation] = &[
    NO_ENTRY,
    row(
        "",
        "expected an indented block",
        "A line that opens a block is followed by no line that is set in.",
        "Check which lines belong to this block. Even an empty block needs one line.",
    ),
    row(
        "",
        "unexpected indent",
        "This line is set in further than the block that it stands in.",
        "Compare its start with the line above, space by space.",
    ),
    row(
        "",
        "unindent does not match",
        "This line starts at a column at which no block starts.",
        "Compare its start with the lines above that belong to the same block.",
    ),
    row(
        "",
        "inconsistent use of tabs",
        "Tabs and spaces are mixed at the start of lines.",
        "Check how your editor sets lines in, and use one way in the whole file.",
    ),
    row(
        "",
        "expected ':'",
        "A line that opens a block does not end as such a line must.",
        "Compare the end of this line with another line that begins with `if`, `for`, `while` or `def`.",
    ),
    row(
        "",
        "was never closed",
        "A bracket is opened here, but never closed.",
        "Count the opening and closing brackets from this line on.",
    ),
    row(
        "",
        "unmatched",
        "A bracket is closed that was never opened.",
        "Count the opening and closing brackets of this line.",
    ),
    row(
        "",
        "does not match opening",
        "A bracket is closed by one of another kind.",
        "Go through the brackets of this line in pairs, from the inside out.",
    ),
    row(
        "",
        "instead of '='",
        "A value is assigned where a comparison is wanted.",
        "Check each `=` of this line: does it give a value to a name, or does it ask whether two are equal?",
    ),
    row(
        "",
        "unterminated",
        "A text begins here, but does not end on its line.",
        "Check the quotation marks of this line: are both there, and of the same kind?",
    ),
    row(
        "",
        "eol while scanning",
        "A text begins here, but does not end on its line.",
        "Check the quotation marks of this line: are both there, and of the same kind?",
    ),
    row(
        "",
        "missing parentheses in call",
        "A function is called as older versions of Python allowed it.",
        "Compare this call with one that works: what stands around its values?",
    ),
    row(
        "",
        "forgot a comma",
        "Two values stand side by side with nothing between them.",
        "Check what separates the values in this line.",
    ),
    row(
        "",
        "cannot assign to",
        "The left side of an assignment is nothing that can get a value.",
        "Check what stands left and right of `=`, and whether a question was meant in place of an assignment.",
    ),
    row(
        "",
        "outside function",
        "A line that belongs into a function stands outside of every function.",
        "Check how far this line is set in: which block does it belong to?",
    ),
    row(
        "",
        "outside loop",
        "A line that belongs into a loop stands outside of every loop.",
        "Check how far this line is set in: which block does it belong to?",
    ),
    row(
        "",
        "not properly in loop",
        "A line that belongs into a loop stands outside of every loop.",
        "Check how far this line is set in: which block does it belong to?",
    ),
    row(
        "",
        "invalid character",
        "A character stands here that Python does not know.",
        "Check for quotation marks, dashes or spaces that were copied from a web page or a text document.",
    ),
    row(
        "",
        "non-printable",
        "A character stands here that cannot be seen.",
        "Type this line anew in place of copying it.",
    ),
    row(
        "",
        "decimal literal",
        "A name begins with a digit, or a number runs into a word.",
        "Check the spaces and the names in this line.",
    ),
    row(
        "",
        "leading zeros",
        "A whole number begins with 0.",
        "Check how this number should be written.",
    ),
    row(
        "",
        "f-string",
        "A text with values in braces cannot be read.",
        "Check the braces and the quotation marks inside this text.",
    ),
    row(
        "",
        "positional argument follows",
        "In a call, a value without a name stands after one with a name.",
        "Check the order of the values in this call.",
    ),
    row(
        "",
        "duplicate argument",
        "A function takes two values under the same name.",
        "Check the names in the first line of the function.",
    ),
    row(
        "",
        "expected 'except'",
        "A block that begins with `try` has no end.",
        "Check what should happen if the lines in the block fail, and where that is written.",
    ),
    row(
        "",
        "unexpected eof",
        "The file ends in the middle of something.",
        "Check the last lines: is a bracket or a text still open, or a block still empty?",
    ),
    row(
        "TabError",
        "",
        "Tabs and spaces are mixed at the start of lines.",
        "Use one way of setting lines in for the whole file.",
    ),
    row(
        "IndentationError",
        "",
        "This line does not start where its block wants it.",
        "Compare its start with the lines above that belong to the same block.",
    ),
    row(
        "SyntaxError",
        "",
        "Python cannot read this line.",
        "Read this line and the one above it sign by sign: brackets in pairs, quotation marks in pairs, a sign between two values.",
    ),
];
