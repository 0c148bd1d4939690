def f():
    x = 1
    return 2


def g():
    x = 1
    return x
