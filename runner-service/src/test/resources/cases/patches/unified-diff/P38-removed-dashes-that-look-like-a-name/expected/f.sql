a;
++ c
d;
