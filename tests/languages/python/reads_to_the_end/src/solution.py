total = 0
while True:
    try:
        line = input()
    except EOFError:
        break
    for word in line.split():
        total += int(word)
print(total)
