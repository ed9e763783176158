def average(values):
    """Return the mean of the values; 0.0 where there are none."""


if __name__ == "__main__":
    print(average([float(word) for word in input().split()]))
