//! What learners hand in for [`Assignment::largest`](crate::Assignment::largest): the largest of three numbers.

/// Right.
pub const RIGHT_PYTHON: &str = "\
a, b, c = map(int, input().split())
if a >= b and a >= c:
    print(a)
elif b >= a and b >= c:
    print(b)
else:
    print(c)
";

/// Prints the first number where the second is the largest: line [`BUGGY_PYTHON_LINE`].
pub const BUGGY_PYTHON: &str = "\
a, b, c = map(int, input().split())
if a >= b and a >= c:
    print(a)
elif b >= a and b >= c:
    print(a)
else:
    print(c)
";
/// Where the bug is.
pub const BUGGY_PYTHON_LINE: u32 = 5;

/// Never ends.
pub const ENDLESS_PYTHON: &str = "while True:\n    pass\n";

/// Right.
pub const RIGHT_C: &str = r#"#include <stdio.h>

int main(void) {
    int a, b, c;
    if (scanf("%d %d %d", &a, &b, &c) != 3)
        return 1;
    if (a >= b && a >= c)
        printf("%d\n", a);
    else if (b >= a && b >= c)
        printf("%d\n", b);
    else
        printf("%d\n", c);
    return 0;
}
"#;

/// As [`BUGGY_PYTHON`]: line [`BUGGY_C_LINE`].
pub const BUGGY_C: &str = r#"#include <stdio.h>

int main(void) {
    int a, b, c;
    if (scanf("%d %d %d", &a, &b, &c) != 3)
        return 1;
    if (a >= b && a >= c)
        printf("%d\n", a);
    else if (b >= a && b >= c)
        printf("%d\n", a);
    else
        printf("%d\n", c);
    return 0;
}
"#;
/// Where the bug is.
pub const BUGGY_C_LINE: u32 = 10;

/// Does not compile: line 5 names a variable that there is not.
pub const BROKEN_C: &str = r#"#include <stdio.h>

int main(void) {
    int a = 1;
    printf("%d\n", largest);
    return a;
}
"#;
