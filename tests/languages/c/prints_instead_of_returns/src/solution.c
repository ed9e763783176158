#include <stdio.h>

int largest(int *numbers, int length) {
    int best = numbers[0];
    for (int i = 1; i < length; i++)
        if (numbers[i] > best)
            best = numbers[i];
    printf("%d\n", best);
    return 0;
}

int main(void) {
    int numbers[] = {1, 2};
    largest(numbers, 2);
    return 0;
}
