def Largest(numbers):
    return max(numbers)


def main():
    print(Largest([1, 2]))
