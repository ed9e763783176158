def fizz(n):
    """Return the word for a number."""


if __name__ == "__main__":
    last = int(input())
