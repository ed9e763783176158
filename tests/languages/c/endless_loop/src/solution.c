#include <stdio.h>

int main(void) {
    volatile int i = 0;
    int total = 0, number;
    while (scanf("%d", &number) == 1) {
        total += number;
        while (i < number || number < 0)
            i = 0;
    }
    printf("%d\n", total);
    return 0;
}
