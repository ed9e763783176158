def gcd(a, b):
    """Return the largest number that divides both a and b."""
