def count_words(text):
    """Return how often each word stands in the text."""


def most_common(text):
    """Return the most frequent word; of several, the first in the alphabet."""


if __name__ == "__main__":
    counts = count_words(input())
