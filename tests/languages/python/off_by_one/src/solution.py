def largest(numbers):
    best = numbers[0]
    for i in range(1, len(numbers) - 1):
        if numbers[i] > best:
            best = numbers[i]
    return best
