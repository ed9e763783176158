char **answer(char **words, int length) {
    (void)length;
    return words;
}
