def fizz(n):
    """Return the word for a number."""
    word = ""
    if n % 3 == 0:
        word += "Fizz"
    if n % 5 == 0:
        word += "Buzz"
    return word or str(n)


if __name__ == "__main__":
    last = int(input())
    for n in range(1, last + 1):
        print(fizz(n))
