def average(values):
    total = 0.0
    for value in values:
        total += value
        return total / len(values)
    return 0.0


if __name__ == "__main__":
    numbers = [float(x) for x in input().split()]
    print(average(numbers))
