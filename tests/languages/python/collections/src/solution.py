from collections import Counter, OrderedDict, defaultdict


class Same(type):
    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return 1


class Mine(dict, metaclass=Same):
    pass


def grouped():
    groups = defaultdict(list)
    groups["a"].append(1)
    return groups
