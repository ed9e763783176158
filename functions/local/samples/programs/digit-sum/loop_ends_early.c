#include <stdio.h>

int main(void) {
    int n;
    int sum = 0;
    scanf("%d", &n);
    while (n > 9) {
        sum = sum + n % 10;
        n = n / 10;
    }
    printf("%d\n", sum);
    return 0;
}
