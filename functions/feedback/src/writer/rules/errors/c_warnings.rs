//! Warnings of gcc that are often the reason why a test fails.

use super::{Explanation, row};

/// By the option that turns them on, then by the compiler's words.
pub(super) const WARNINGS: &[Explanation] = &[
    row(
        "-Wformat=",
        "expects argument of type",
        "Format and value do not fit each other: another type is read or written than the variable has, or a value is given where its address is wanted.",
        "Go through the format and the values in pairs, and check the type of each.",
    ),
    row(
        "-Wformat=",
        "",
        "The format and the values of this call do not fit each other.",
        "Count both, and compare the types in pairs.",
    ),
    row(
        "-Wmain",
        "",
        "`main` begins differently than C wants it.",
        "Check what `main` gives back by its first line: it is the code with which the program ends.",
    ),
    row(
        "-Wreturn-type",
        "",
        "A function that should give a value back can end without doing so.",
        "Check every way through the function: where does each one end?",
    ),
    row(
        "-Wuninitialized",
        "",
        "A variable is used that never got a value.",
        "Check the first line that changes it: what does it hold before?",
    ),
    row(
        "-Wmaybe-uninitialized",
        "",
        "A variable may be used before it got a value.",
        "Check every way to this line: is there one that gives the variable no value?",
    ),
    row(
        "-Wparentheses",
        "assignment used as truth value",
        "A condition assigns a value, and so does not ask anything.",
        "Check what the operator in this condition does.",
    ),
    row(
        "-Wparentheses",
        "",
        "It is not clear what belongs together in this expression.",
        "Check in which order the parts are worked out.",
    ),
    row(
        "-Wempty-body",
        "",
        "A decision or a loop has an empty body.",
        "Check the end of this line: what ends there?",
    ),
    row(
        "-Wmisleading-indentation",
        "",
        "A line looks as if it belonged to the block above, but does not.",
        "Check which statements stand between braces.",
    ),
    row(
        "-Wdiv-by-zero",
        "",
        "Something is divided by zero.",
        "Check the right side of the division.",
    ),
    row(
        "-Warray-bounds=",
        "",
        "An index lies outside of its array.",
        "Compare the largest index with the size. Counting starts at 0.",
    ),
    row(
        "-Wunused-value",
        "",
        "Something is computed, but nobody uses the result.",
        "Check what this line should change.",
    ),
    row(
        "-Wint-conversion",
        "",
        "A number and an address are mixed up.",
        "Check what each side is: a value, or where a value lies?",
    ),
    row(
        "-Wincompatible-pointer-types",
        "",
        "An address of one type stands where one of another type is wanted.",
        "Compare the two types: is one an address of an address?",
    ),
    row(
        "-Wimplicit-function-declaration",
        "",
        "A function is called that the compiler has not seen up to here.",
        "Check its spelling, and which header its manual page names.",
    ),
    row(
        "-Wimplicit-fallthrough=",
        "",
        "One case runs on into the next one.",
        "Check how each case ends.",
    ),
    row(
        "-Winfinite-recursion",
        "",
        "A function calls itself on every way through it.",
        "Check the case in which it should stop: is it asked for first?",
    ),
    row(
        "-Waddress",
        "",
        "An address is compared or tested that always has the same outcome.",
        "Check whether the content was meant in place of the address.",
    ),
    row(
        "-Wstring-compare",
        "",
        "Two texts are compared by where they lie, not by what they hold.",
        "Check what the operator compares here.",
    ),
    row(
        "-Wsign-compare",
        "",
        "A number that can be negative is compared with one that cannot.",
        "Check what happens in this comparison if the first one is below 0.",
    ),
    row(
        "-Wtype-limits",
        "",
        "A comparison has the same outcome for every value of this type.",
        "Check which values the variable can hold.",
    ),
    row(
        "-Wunused-variable",
        "",
        "A variable is declared but never used.",
        "Check whether another name stands where this one was meant.",
    ),
    row(
        "-Wunused-but-set-variable",
        "",
        "A variable gets a value that nobody reads.",
        "Check whether another name stands where this one was meant.",
    ),
];
