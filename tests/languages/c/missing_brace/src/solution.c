int largest(int *numbers, int length) {
    int best = numbers[0];
    for (int i = 1; i < length; i++) {
        if (numbers[i] > best)
            best = numbers[i];
    return best;
}
