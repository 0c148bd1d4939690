package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.Placeholders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A placeholder that is written into a file, and so takes the place of what it stands for. */
public final class Omission {
    private Omission() {}

    /** Why a file must not get this content in place of the old one: such a comment that the old one lacks. */
    public static Optional<String> addedBy(byte[] before, byte[] after) {
        String text = new String(after, StandardCharsets.UTF_8);
        Optional<String> added = placeholders(text)
                .filter(line -> !new String(before, StandardCharsets.UTF_8).contains(line.strip()))
                .findFirst();
        return added.map(line -> "`" + NearestLines.cut(line.strip()) + "` stands for text that is not sent, and would"
                + " take its place; send that text, or a change of the lines around it alone");
    }

    /** A document may show program text with dots in it, within a fence. */
    private static Stream<String> placeholders(String text) {
        List<String> found = new ArrayList<>();
        boolean fenced = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            boolean fence = line.contains("```") && line.stripLeading().startsWith("```");
            fenced ^= fence;
            if (Placeholders.isCertain(line) || (!fenced && Placeholders.isBare(line))) {
                found.add(line);
            }
        }
        return found.stream();
    }
}
