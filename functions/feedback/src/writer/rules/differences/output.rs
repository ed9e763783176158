//! Differences of text, and of what a program writes.

use super::{Difference, differences};

differences! {
    OUTPUTS:
    NOTHING_PRINTED "nothing printed":
        "Your program wrote nothing."
        / "Check whether the line that writes the result is reached: is the function that holds it called at all?";
    EMPTY_TEXT "empty text":
        "Your result is an empty text."
        / "Check whether the line that adds to the text is ever reached, and whether what it makes is kept.";
    CASE "case":
        "Only upper and lower case differ."
        / "Compare capital and small letters with the task, and check which step changes them.";
    SPACES "spaces":
        "Only spaces differ."
        / "Check what is written between two values and at the ends of a line.";
    LINE_BREAKS "line breaks":
        "The words are right, but the lines are broken at other places."
        / "Check after which values a line ends, and which output ends a line by itself.";
    PUNCTUATION "punctuation":
        "Only punctuation differs: the letters and digits are right."
        / "Compare each comma, colon and bracket with the task; printing a whole collection adds some of its own.";
    PROMPT "extra output":
        "The expected output is there, but other words stand around it. A prompt for input counts as output too."
        / "Check every line that writes: which of them does the task not ask for?";
    NONE_PRINTED "none printed":
        "The output is right, but `None` is written as well."
        / "Check what is handed to the line that writes: a function that gives nothing back has the value `None`.";
    TEXT_START "starts alike":
        "Your text starts right, but ends too early."
        / "Check what ends the work on the text, and whether the last part is added.";
    TEXT_GOES_ON "text goes on":
        "Your text starts right, but something follows that does not belong there."
        / "Check what is added after the last part: often it is what should only stand between two parts.";
    TEXT_REVERSED "text reversed":
        "Your text is the expected one from back to front."
        / "Check at which end characters are added, or in which direction the text is read.";
    OTHER_TEXT "other text":
        "Your text is another one."
        / "Compare it with the expected text, character by character, up to the first that differs. Which line writes that one?";
}
