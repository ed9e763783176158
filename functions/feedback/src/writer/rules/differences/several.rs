//! Differences of several items, in a list or on lines, and of several tests.

use super::{Difference, differences};

differences! {
    SEVERAL:
    EMPTY_RESULT "empty result":
        "Your result is empty."
        / "Check whether the line that adds an item is ever reached, and whether what it added is kept.";
    REVERSED "reversed":
        "The items are right, but they come from last to first."
        / "Check at which end items are added, or in which direction the loop runs.";
    ORDER "order":
        "The items are right, but they are in another order."
        / "Check what decides which of two items comes first, and what happens to equal ones.";
    DUPLICATES "duplicates":
        "Items come more than once that should come only once."
        / "Check what is asked before an item is added: how does the program know that it was there before?";
    DUPLICATES_LOST "duplicates lost":
        "Equal items come only once, although all of them are wanted."
        / "Check which step lets equal items become one: some kinds of collection keep each value only once.";
    LAST_MISSING "last missing":
        "Everything is right but the last item, which is missing."
        / "Check the end of the loop: does it reach the last item, and is what was collected at the end still added?";
    FIRST_MISSING "first missing":
        "Everything is right but the first item, which is missing."
        / "Check where the loop starts, and whether the first item is used up before it.";
    STOPS_EARLY "stops early":
        "Your result starts right, but stops too early."
        / "Check what ends the loop, and whether a line leaves the function in the middle of the work.";
    ONE_TOO_MANY "one too many":
        "Your result is right, but one more item follows."
        / "Check the end of the loop: is one more round done than there are items?";
    GOES_ON "goes on":
        "Your result starts right, but does not stop where it should."
        / "Check what ends the loop, and when that is asked.";
    ONE_SHORT "one short":
        "Your result has one item less than expected."
        / "Check which item is missing, and which condition sorts it out.";
    ONE_LONG "one long":
        "Your result has one item more than expected."
        / "Check which item is too many, and which condition lets it through.";
    TOO_FEW "too few":
        "Your result has fewer items than expected."
        / "Check which condition sorts items out, and whether the loop visits all of them.";
    TOO_MANY "too many":
        "Your result has more items than expected."
        / "Check which condition lets items through, and whether some are added more than once.";
    ALL_SHIFTED "all shifted":
        "Every number differs from the expected one by the same amount."
        / "Check the value that the count or the sum starts with, and where counting begins: at 0 or at 1.";
    LAST_ITEM "last item":
        "Only the last item is another one."
        / "Check the end of the input: does the last item have all the neighbours that the computation uses?";
    FIRST_ITEM "first item":
        "Only the first item is another one."
        / "Check the start: which value does the computation use before there is an item in front?";
    ONE_ITEM "one item":
        "Exactly one item is another one."
        / "Check what is special about this item: is it on a boundary, equal to another, negative or zero?";
    MANY_ITEMS "many items":
        "Several items are other ones."
        / "Check the computation of one item by hand, with the first one that differs.";
    EMPTY_INPUT "only the empty input":
        "Only the empty input fails; the other tests that you can see pass."
        / "Check what every line does if there is nothing to work on: no loop round runs, and no first item exists.";
    ALWAYS_SAME "always the same":
        "Your program gives the same result for every test that you can see."
        / "Check whether the result depends on the input at all: which line brings the input into it?";
    BY_CONSTANT "by a constant":
        "In each failing test, your number differs from the expected one by the same amount."
        / "Check the start value, and any number that is written into the computation itself.";
}
