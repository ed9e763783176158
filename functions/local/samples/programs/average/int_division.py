def average(values):
    total = 0
    for value in values:
        total += value
    if len(values) == 0:
        return 0.0
    return total // len(values)


if __name__ == "__main__":
    numbers = [float(x) for x in input().split()]
    print(average(numbers))
