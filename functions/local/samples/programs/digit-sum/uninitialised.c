#include <stdio.h>

int digit_sum(int n) {
    int count[10];
    int sum = 0;
    while (n > 0) {
        count[n % 10]++;
        n = n / 10;
    }
    for (int digit = 0; digit < 10; digit++) {
        sum = sum + digit * count[digit];
    }
    return sum;
}

int main(void) {
    int n;
    scanf("%d", &n);
    printf("%d\n", digit_sum(n));
    return 0;
}
