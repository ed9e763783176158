#include <stdio.h>

int main(void) {
    int count;
    int values[100];
    if (scanf("%d", &count) != 1 || count > 100) {
        return 1;
    }
    for (int i = 0; i < count; i++) {
        if (scanf("%d", &values[i]) != 1) {
            return 1;
        }
    }
    for (int i = count - 1; i >= 0; i--) {
        printf("%d ", values[i]);
    }
    printf("\n");
    return 0;
}
