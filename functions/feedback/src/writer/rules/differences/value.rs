//! Differences of one value: nothing returned, another type, another number, another text.

use super::{Difference, differences};

differences! {
    VALUES:
    NO_RETURN "no return":
        "Your function gave nothing back (`None`)."
        / "Check every way through the function: does each one end at a line that gives a value back?";
    PRINTED "printed instead of returned":
        "Your function shows its result on the screen in place of giving it back."
        / "Showing a value and giving it back to the caller are two things. Check which of them the task asks for.";
    RETURNED_TOO_MUCH "value instead of none":
        "Nothing was to be given back, but your function gives a value."
        / "Check for which input there is no result, and what the task wants then.";
    NUMBER_AS_TEXT "number as text":
        "The result looks right, but it is text where a number is wanted."
        / "Check where the value comes from and where its type changes: what is read from input, or joined, is text.";
    TEXT_AS_NUMBER "text as number":
        "The result looks right, but it is a number where text is wanted."
        / "Check the type that the task asks for, and the place where the result gets its last form.";
    FLOAT_FOR_INT "float for int":
        "The value is right, but it is a number with a fraction part where a whole number is wanted."
        / "Check which operator gives a fraction part even if nothing is left over.";
    INT_FOR_FLOAT "int for float":
        "The value is right, but it is a whole number where one with a fraction part is wanted."
        / "Check at which step the number loses its fraction part, and which type the task asks for.";
    BOOL_WANTED "bool wanted":
        "True or false is wanted; your result is of another type."
        / "Check what the last line gives: the outcome of a comparison, or one of the values compared?";
    BOOL_GIVEN "bool given":
        "Your result is true or false, where a value is wanted."
        / "Check what the last line gives: one of the values compared, or the outcome of the comparison?";
    OPPOSITE "opposite":
        "Your result is the exact opposite."
        / "Check the condition that decides: what does it ask, and which of the two answers belongs to which case?";
    MANY_FOR_ONE "many for one":
        "One value is wanted; your result is a whole collection."
        / "Check whether the last step that turns the collection into one value is there.";
    ONE_FOR_MANY "one for many":
        "A collection is wanted; your result is a single value."
        / "Check where values are collected, and whether a later one takes the place of those before it.";
    OTHER_COLLECTION "other collection":
        "The items are right, but they are in another kind of collection."
        / "Check which kind of collection the task names, and which one the last step makes.";
    OTHER_TYPE "other type":
        "Your result is of another type than the expected one."
        / "Check the type of the result at each line, from the first assignment to the end.";
    SIGN "sign":
        "The size is right, but the sign is the other one."
        / "Check the order of the two sides where something is taken away, and what happens to negative numbers.";
    OFF_BY_ONE "off by one":
        "Your result is off by exactly one."
        / "Check both ends of what is counted: is the first or the last item left out, or counted twice?";
    INTEGER_DIVISION "integer division":
        "Your result is the expected one without its fraction part."
        / "Check each division, and each change to a whole number: where does the part after the point get lost?";
    FRACTION "fraction":
        "Your result has a fraction where a whole number is wanted."
        / "Check each division: what should become of the part after the point?";
    ROUNDING "rounding":
        "Your result is close to the expected one, but not equal."
        / "Check where and how often numbers are rounded, and whether that happens before the last step.";
    FACTOR "factor":
        "Your result is a whole multiple, or a whole fraction, of the expected one."
        / "Check whether something is counted more than once, or a last division or multiplication is missing or done twice.";
    STAYED_ZERO "stayed zero":
        "Your result is 0, where another number is wanted."
        / "Check whether the lines that change the result are reached, and whether it is set back to its start value.";
    TOO_LARGE "too large":
        "Your number is larger than the expected one."
        / "Check what is counted in although it should not be, and where the result starts.";
    TOO_SMALL "too small":
        "Your number is smaller than the expected one."
        / "Check what is left out although it belongs in, and whether the work stops too early.";
    KEYS "keys":
        "The keys of your result are not the expected ones."
        / "Check when a new key is added, and what it is made of.";
    KEYED_VALUES "values of keys":
        "All keys are right, but at least one has another value."
        / "Check how the value of a key that is already there changes, and with which value a new key starts.";
}
