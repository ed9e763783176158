a, b, c = map(int, input().split())

# Print the middle one of a, b and c.
