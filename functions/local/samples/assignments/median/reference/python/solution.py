a, b, c = map(int, input().split())
print(max(min(a, b), min(max(a, b), c)))
