import sys

numbers = sys.stdin.read().split()
i = 0
total = 0
while i < len(numbers):
    total += int(numbers[i])
print(total)
