package dev.patchferry.engine.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How the text of a patch is damaged on its way. A mark that an empty line loses is not among them: what is left is an
 * empty line of context, and nothing but the counts tells it from one.
 */
enum Damage {
    NONE {
        @Override
        List<String> damage(List<DamagedPatch.Line> patch, Random random) {
            return texts(patch);
        }
    },
    /** A line of a hunk loses the character that says what becomes of it; a block one of its three lines. */
    LOST_MARK {
        @Override
        List<String> damage(List<DamagedPatch.Line> patch, Random random) {
            int at = any(
                    patch,
                    line -> line.role() == DamagedPatch.Role.MARKED || line.role() == DamagedPatch.Role.MARKER,
                    random);
            List<String> texts = texts(patch);
            if (patch.get(at).role() == DamagedPatch.Role.MARKER) {
                texts.remove(at);
            } else {
                texts.set(at, texts.get(at).substring(1));
            }
            return texts;
        }
    },
    /** A line that names a file or begins a hunk is missing. */
    LOST_HEADER {
        @Override
        List<String> damage(List<DamagedPatch.Line> patch, Random random) {
            List<String> texts = texts(patch);
            texts.remove(any(
                    patch,
                    line -> line.role() == DamagedPatch.Role.NAME || line.role() == DamagedPatch.Role.HUNK,
                    random));
            return texts;
        }
    },
    /** A file is called by the name of another one, or of none. */
    WRONG_NAME {
        @Override
        List<String> damage(List<DamagedPatch.Line> patch, Random random) {
            String other = random.nextBoolean() ? "h.py" : "no.py";
            String wrong = random.nextBoolean() ? "f.py" : "g.py";
            boolean all = random.nextBoolean();
            List<String> texts = texts(patch);
            int only = any(
                    patch,
                    line -> line.role() == DamagedPatch.Role.NAME && line.text().contains(wrong),
                    random);
            for (int i = 0; i < texts.size(); i++) {
                if (patch.get(i).role() == DamagedPatch.Role.NAME && (all || i == only)) {
                    texts.set(i, texts.get(i).replace(wrong, other));
                }
            }
            return texts;
        }
    },
    /** The line that is said to stand above a hunk stands elsewhere, or nowhere. */
    STALE_ANCHOR {
        @Override
        List<String> damage(List<DamagedPatch.Line> patch, Random random) {
            List<String> texts = texts(patch);
            int at = any(patch, line -> line.role() == DamagedPatch.Role.HUNK, random);
            String anchor =
                    random.nextInt(3) == 0 ? "def gone():" : "def part_" + random.nextInt(DamagedPatch.PARTS) + "():";
            texts.set(at, texts.get(at).replaceFirst("( def part_\\d+\\(\\):)?$", " " + anchor));
            return texts;
        }
    },
    /** A line says how the rest is to be done, as no form has it. */
    UNKNOWN_FIELD {
        @Override
        List<String> damage(List<DamagedPatch.Line> patch, Random random) {
            int at = any(
                    patch,
                    line -> line.role() == DamagedPatch.Role.NAME || line.role() == DamagedPatch.Role.HUNK,
                    random);
            boolean below = patch.get(at).role() == DamagedPatch.Role.NAME && random.nextBoolean();
            List<String> texts = texts(patch);
            texts.add(below ? at + 1 : at, FIELDS.get(random.nextInt(FIELDS.size())));
            return texts;
        }
    },
    /** A hunk, a block or all that is said of a file comes twice. */
    DOUBLED_BLOCK {
        @Override
        List<String> damage(List<DamagedPatch.Line> patch, Random random) {
            DamagedPatch.Role begins = random.nextBoolean() ? DamagedPatch.Role.HUNK : DamagedPatch.Role.NAME;
            int from = any(patch, line -> line.role() == begins, random);
            while (from > 0
                    && begins == DamagedPatch.Role.NAME
                    && patch.get(from - 1).role() == begins) {
                from--;
            }
            int to = from + 1;
            boolean inside = false;
            while (to < patch.size() && !(inside && isBeginning(patch.get(to).role(), begins))) {
                inside |= patch.get(to).role() == DamagedPatch.Role.MARKED
                        || patch.get(to).role() == DamagedPatch.Role.MARKER
                        || patch.get(to).role() == DamagedPatch.Role.TEXT;
                to++;
            }
            List<String> texts = texts(patch);
            texts.addAll(to, new ArrayList<>(texts.subList(from, to)));
            return texts;
        }

        private boolean isBeginning(DamagedPatch.Role role, DamagedPatch.Role begins) {
            return role == DamagedPatch.Role.NAME || role == DamagedPatch.Role.END || role == begins;
        }
    };

    private static final List<String> FIELDS = List.of(
            "*** Mode: append",
            "*** Options: ignore-whitespace",
            "*** Copy to: h.py",
            "mode: append",
            "occurrence: 2",
            "insert_line: 1",
            "similarity index 90%",
            "copy from h.py",
            "old mode 100644",
            ":flags:g",
            ":end_line:9",
            "<position>end</position>",
            "@all",
            "target: h.py");

    /** The lines of the patch as they arrive. */
    abstract List<String> damage(List<DamagedPatch.Line> patch, Random random);

    private static List<String> texts(List<DamagedPatch.Line> patch) {
        return new ArrayList<>(patch.stream().map(DamagedPatch.Line::text).toList());
    }

    private static int any(List<DamagedPatch.Line> patch, Predicate<DamagedPatch.Line> wanted, Random random) {
        List<Integer> places = IntStream.range(0, patch.size())
                .filter(i -> wanted.test(patch.get(i)))
                .boxed()
                .toList();
        return places.isEmpty() ? 0 : places.get(random.nextInt(places.size()));
    }
}
