int Largest(int *numbers, int length) {
    return numbers[length - 1];
}
