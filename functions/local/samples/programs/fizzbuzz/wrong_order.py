def fizz(n):
    if n % 3 == 0:
        return "Fizz"
    elif n % 5 == 0:
        return "Buzz"
    elif n % 15 == 0:
        return "FizzBuzz"
    else:
        return str(n)


if __name__ == "__main__":
    last = int(input())
    for i in range(1, last + 1):
        print(fizz(i))
