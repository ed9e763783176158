//! How runs of C programs end.

use super::{Explanation, row};

/// By the name of the signal, then by what the library said.
pub(super) const CRASHES: &[Explanation] = &[
    row(
        "SIGABRT",
        "stack smashing",
        "The program wrote past the end of an array of a function.",
        "Compare the largest index that is written with the size of the array. A text needs one place more than it has characters.",
    ),
    row(
        "SIGABRT",
        "free",
        "Memory was given back that was not in use any more.",
        "Check for each `free` which `malloc` it belongs to, and that it runs only once.",
    ),
    row(
        "SIGABRT",
        "corrupted",
        "The program wrote past the end of memory that it had asked for.",
        "Compare the number of bytes asked for with the largest index that is written.",
    ),
    row(
        "SIGABRT",
        "assert",
        "A condition that the program itself states does not hold.",
        "Check the values in the condition for the input of this test.",
    ),
    row(
        "SIGABRT",
        "",
        "The program, or its library, noticed something impossible and gave up.",
        "Check writes past the end of an array, and memory that is given back twice.",
    ),
    row(
        "SIGSEGV",
        "",
        "The program used memory that is not its own.",
        "Check three things: an index outside of its array, a pointer without a value or with NULL, and values that are read to a place that is no address. A function that calls itself without end ends so too.",
    ),
    row(
        "SIGBUS",
        "",
        "The program used memory that is not its own.",
        "Check each pointer in this part: where does it get its value?",
    ),
    row(
        "SIGFPE",
        "",
        "A whole number was divided by zero.",
        "Check the right side of each `/` and `%`: when can it be 0?",
    ),
    row(
        "SIGILL",
        "",
        "The program ran into something that is no instruction.",
        "Check whether a function that should give a value back ends without doing so.",
    ),
    row(
        "SIGPIPE",
        "",
        "The program wrote where nobody reads any more.",
        "Check whether the program writes after its result.",
    ),
    row(
        "SIGKILL",
        "",
        "The program was ended from outside.",
        "Check what grows without end: memory, output or the number of calls.",
    ),
    row(
        "",
        "exit",
        "The program ended with a code that means failure.",
        "Check what `main` gives back, and each call that leaves the program.",
    ),
];
