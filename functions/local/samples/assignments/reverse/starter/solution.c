#include <stdio.h>

int main(void) {
    int count;
    scanf("%d", &count);
    return 0;
}
