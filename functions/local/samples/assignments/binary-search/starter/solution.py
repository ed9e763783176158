def find(values, wanted):
    """Return the index of wanted in the sorted values, or -1."""
