/* Returns the largest number that divides both a and b. */
int gcd(int a, int b) {
    return 0;
}
