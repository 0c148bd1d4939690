package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.Placeholders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A placeholder that is written into a file, and so takes the place of what it stands for. */
public final class Omission {
    private Omission() {}

    /** Why a file must not get this content in place of the old one: such a comment that the old one lacks. */
    public static Optional<String> addedBy(byte[] before, byte[] after) {
        String text = new String(after, StandardCharsets.UTF_8);
        Optional<String> added = text.lines()
                .filter(Placeholders::isCertain)
                .filter(line -> !new String(before, StandardCharsets.UTF_8).contains(line.strip()))
                .findFirst();
        return added.map(line -> "`" + NearestLines.cut(line.strip()) + "` stands for text that is not sent, and would"
                + " take its place; send that text, or a change of the lines around it alone");
    }
}
