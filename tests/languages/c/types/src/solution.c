#include <stdbool.h>
#include <stdlib.h>

char **answer(char **words, int length, double number, bool flag, long large, int *count) {
    char **all = malloc(((size_t)length + 1) * sizeof *all);
    for (int i = 0; i < length; i++)
        all[i] = words[i];
    all[length] = flag && number == 2.5 && large == 5000000000 ? "y" : "n";
    *count = length + 1;
    return all;
}
