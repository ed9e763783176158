def count_words(text):
    counts = {}
    for word in text.lower().split():
        counts[word] = counts[word] + 1
    return counts


def most_common(text):
    counts = count_words(text)
    if len(counts) == 0:
        raise ValueError("no words")
    best = None
    for word in sorted(counts):
        if best is None or counts[word] > counts[best]:
            best = word
    return best


if __name__ == "__main__":
    counts = count_words(input())
    for word in sorted(counts):
        print(word, counts[word])
