#include <stdio.h>
#include <stdlib.h>

int main(void) {
    char word[32];
    int length = 0, c;
    long total = 0;
    while ((c = getchar()) != EOF) {
        if (c != ' ' && c != '\n') {
            word[length++] = (char)c;
        } else {
            word[length] = 0;
            total += atol(word);
            length = 0;
        }
    }
    printf("%ld\n", total);
    return 0;
}
