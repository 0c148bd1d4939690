a;
-- b
d;
