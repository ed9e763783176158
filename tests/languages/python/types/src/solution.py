def answer(words, number, flag, large):
    assert type(flag) is bool and type(number) is float
    return words + ["y" if flag and number == 2.5 and large == 5000000000 else "n"]
