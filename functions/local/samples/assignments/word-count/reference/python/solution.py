def count_words(text):
    """Return how often each word stands in the text."""
    counts = {}
    for word in text.lower().split():
        counts[word] = counts.get(word, 0) + 1
    return counts


def most_common(text):
    """Return the most frequent word; of several, the first in the alphabet."""
    counts = count_words(text)
    if not counts:
        raise ValueError("there is no word")
    return min(counts, key=lambda word: (-counts[word], word))


if __name__ == "__main__":
    counts = count_words(input())
    for word in sorted(counts):
        print(word, counts[word])
