#include <stddef.h>

int largest(int *numbers, int length) {
    int *best = NULL;
    for (int i = 0; i < length; i++)
        if (numbers[i] > *best)
            best = &numbers[i];
    return *best;
}
