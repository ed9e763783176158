numbers = []
while True:
    numbers.append(" " * 1000000)
