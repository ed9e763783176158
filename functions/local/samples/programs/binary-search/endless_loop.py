def find(values, wanted):
    low = 0
    high = len(values) - 1
    while low <= high:
        mid = (low + high) // 2
        if values[mid] == wanted:
            return mid
        elif values[mid] < wanted:
            low = mid
        else:
            high = mid - 1
    return -1
