#include <stdio.h>

int main(void) {
    int n;
    int numbers[100];
    scanf("%d", &n);
    for (int i = 0; i < n; i++) {
        scanf("%d", &numbers[i]);
    }
    for (int i = n - 1; i > 0; i--) {
        printf("%d ", numbers[i]);
    }
    printf("\n");
    return 0;
}
