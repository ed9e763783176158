def pairs(items):
    if len(items) < 2:
        raise ValueError("too few")
    for i in range(len(items) - 1):
        yield items[i], items[i + 1]
