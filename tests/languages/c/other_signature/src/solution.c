/* Takes no length. */

long largest(int *numbers) {
    return numbers[0];
}
