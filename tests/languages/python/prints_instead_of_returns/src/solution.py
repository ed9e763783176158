def largest(numbers):
    print(max(numbers))
