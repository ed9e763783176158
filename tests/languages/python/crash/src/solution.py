def largest(numbers):
    best = numbers[0]
    for i in range(len(numbers)):
        if numbers[i + 1] > best:
            best = numbers[i + 1]
    return best
