package dev.patchferry.engine.format.searchreplace;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.PatchLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the two halves of a block whose first line is read next, without what tools put into them: the number of the
 * first line, the numbers of all lines.
 *
 * @param divider how many lines ahead the line between the halves is
 * @param end how many lines ahead the last line of the block is
 */
record BlockText(PatchLines lines, int divider, int end) {
    private static final Pattern FIRST_LINE = Pattern.compile("\\s*:start_line:\\s*(\\d{1,9})\\s*");
    private static final Pattern LAST_LINE = Pattern.compile("\\s*:end_line:\\s*\\d{1,9}\\s*");
    private static final Pattern RULE = Pattern.compile("-{5,}\\s*");
    private static final Pattern NUMBERED = Pattern.compile("\\s*(\\d{1,7}) \\| ?(.*)");

    Block read() {
        int from = 1;
        OptionalInt stated = OptionalInt.empty();
        Matcher first = FIRST_LINE.matcher(lines.peek(from));
        if (first.matches()) {
            stated = OptionalInt.of(Integer.parseInt(first.group(1)));
            from++;
            from += LAST_LINE.matcher(lines.peek(from)).matches() ? 1 : 0;
            from += from < divider && RULE.matcher(lines.peek(from)).matches() ? 1 : 0;
        }
        List<String> search = between(from, divider);
        List<String> replace = between(divider + 1, end);
        Optional<Integer> number = firstNumber(search);
        if (number.isPresent()) {
            stated = OptionalInt.of(number.get());
            search = withoutNumbers(search);
            replace = firstNumber(replace).isPresent() ? withoutNumbers(replace) : replace;
        }
        List<String> sent = sent(from, divider);
        Optional<Block> asSent = sent.equals(search)
                ? Optional.empty()
                : Optional.of(new Block(sent, sent(divider + 1, end), OptionalInt.empty(), Optional.empty()));
        return new Block(search.stream().allMatch(String::isBlank) ? List.of() : search, replace, stated, asSent);
    }

    private List<String> sent(int from, int to) {
        return IntStream.range(from, to).mapToObj(lines::peek).toList();
    }

    private List<String> between(int from, int to) {
        List<String> found = new ArrayList<>();
        for (int at = from; at < to; at++) {
            String line = lines.peek(at);
            if (line.contains("_line:")
                    && (FIRST_LINE.matcher(line).matches()
                            || LAST_LINE.matcher(line).matches())) {
                throw new Fault(
                        lines.number() + at,
                        "`" + PatchLines.shown(line.strip())
                                + "` is a tool's mark, which stands right below SEARCH; put a"
                                + " backslash in front if it is text");
            }
            found.add(Marker.unescaped(line));
        }
        return found;
    }

    /** The number of the first line, if every line has its number in front. */
    private static Optional<Integer> firstNumber(List<String> text) {
        Optional<Integer> first = Optional.empty();
        for (int i = 0; i < text.size(); i++) {
            Matcher numbered = NUMBERED.matcher(text.get(i));
            if (!numbered.matches()) {
                return Optional.empty();
            }
            int number = Integer.parseInt(numbered.group(1));
            first = first.or(() -> Optional.of(number));
            if (number != first.get() + i) {
                return Optional.empty();
            }
        }
        return first;
    }

    private static List<String> withoutNumbers(List<String> text) {
        return text.stream()
                .map(line -> NUMBERED.matcher(line).replaceFirst("$2"))
                .toList();
    }
}
