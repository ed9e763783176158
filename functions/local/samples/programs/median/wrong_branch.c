#include <stdio.h>

int main(void) {
    int a, b, c;
    scanf("%d %d %d", &a, &b, &c);
    if (a > b) {
        int t = a;
        a = b;
        b = t;
    }
    if (c < a) {
        printf("%d\n", a);
    } else if (c > b) {
        printf("%d\n", c);
    } else {
        printf("%d\n", c);
    }
    return 0;
}
