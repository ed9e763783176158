with open("large", "wb") as file:
    while True:
        file.write(b" " * 1000000)
