def f():
    c()
    d()
