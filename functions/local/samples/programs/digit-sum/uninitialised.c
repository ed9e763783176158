#include <stdio.h>

int digit_sum(int n) {
    int sum;
    while (n > 0) {
        sum = sum + n % 10;
        n = n / 10;
    }
    return sum;
}

int main(void) {
    int n;
    scanf("%d", &n);
    printf("%d\n", digit_sum(n));
    return 0;
}
