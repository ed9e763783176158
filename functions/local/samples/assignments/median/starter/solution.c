#include <stdio.h>

int main(void) {
    int a, b, c;
    scanf("%d %d %d", &a, &b, &c);
    /* Print the middle one of a, b and c. */
    return 0;
}
