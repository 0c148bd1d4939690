package dev.patchferry.foundation.redaction;

import dev.patchferry.foundation.redaction.SecretForms.Form;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts stars over the secrets in a text. Immutable, safe for use by several threads.
 *
 * <p>Line breaks count for nothing: a secret that somebody wrapped is found, too. What is found depends on at most {@link
 * #reach} bytes before and behind it, so a part of a text can be looked at with so much around it, and shows what the
 * whole would show.
 */
public final class Redactor {
    /** Secrets with fewer characters would be found in every second word. */
    public static final int SHORTEST = 6;
    /** All secrets together, in characters: what is made of them stays in memory. */
    public static final int MOST = 32 << 10;
    /** Finds tokens by their shape, and nothing else. */
    public static final Redactor SHAPES = of(List.of());

    /** What a shape's beginning and the last line of a key add to it. */
    private static final int SLACK = 128;

    private final Automaton automaton;
    private final int reach;
    private final boolean shapes;

    private Redactor(Automaton automaton, boolean shapes) {
        this.automaton = automaton;
        this.shapes = shapes;
        this.reach = TokenShape.LONGEST + SLACK + 2 * automaton.longest();
    }

    /** Finds these secrets, which whoever writes the text may know anyway. */
    public static Redactor of(Collection<String> secrets) {
        return of(secrets, List.of());
    }

    /**
     * Finds secrets and token shapes.
     *
     * @param known what whoever writes the text may know anyway
     * @param hidden what they must not learn: nothing tells them how near a guess is until it is right
     * @throws IllegalArgumentException if a secret is too short, or all are too long
     */
    public static Redactor of(Collection<String> known, Collection<String> hidden) {
        int sum = known.stream().mapToInt(String::length).sum()
                + hidden.stream().mapToInt(String::length).sum();
        if (sum > MOST) {
            throw new IllegalArgumentException(
                    "secrets of more than " + MOST + " characters cannot be kept out of texts");
        }
        return new Redactor(new Automaton(forms(known), forms(hidden)), true);
    }

    /** The same that finds these secrets alone: what only looks like a token stays, for somebody has to read it. */
    public Redactor valuesOnly() {
        return new Redactor(automaton, false);
    }

    private static Set<Form> forms(Collection<String> secrets) {
        Set<Form> forms = new LinkedHashSet<>();
        for (String secret : secrets) {
            if (secret.strip().length() < SHORTEST) {
                throw new IllegalArgumentException(
                        "a secret of less than " + SHORTEST + " characters cannot be kept out of texts");
            }
            forms.addAll(SecretForms.of(secret));
        }
        return forms;
    }

    /** How many bytes around a part of a text decide what is shown of it. */
    public int reach() {
        return reach;
    }

    /** A text that is not followed by anything; a secret that was cut off at its end is found if half of it is there. */
    public String text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return scan(utf8, utf8.length, false, true).hasFound() ? new String(utf8, StandardCharsets.UTF_8) : text;
    }

    /**
     * Puts stars over what is found in a unified diff, in which a secret may go on behind the mark of the next line.
     *
     * @param diff in the files' own bytes; is changed
     * @return whether anything was found
     */
    public boolean cover(byte[] diff) {
        boolean inContent = scan(diff, diff.length, true, true).hasFound();
        return scan(diff, diff.length, false, true).hasFound() || inContent;
    }

    /** Whether there is anything to be found in a content. */
    public boolean isIn(byte[] content) {
        byte[] copy = content.clone();
        return scan(copy, copy.length, false, true).hasFound();
    }

    private RedactionPass scan(byte[] text, int length, boolean marked, boolean complete) {
        RedactionPass redactionPass = new RedactionPass(automaton, text, length, marked, shapes);
        redactionPass.run(complete);
        return redactionPass;
    }

    /**
     * Puts stars over what is found in a part of a text.
     *
     * @param length how many of the bytes are the text
     * @param complete whether nothing will follow
     * @return how much of it, from its beginning, shows what it will show whatever follows
     */
    public Found bytes(byte[] text, int length, boolean complete) {
        RedactionPass redactionPass = new RedactionPass(automaton, text, length, false, shapes);
        int settled = redactionPass.run(complete);
        return new Found(settled, redactionPass.hasFound());
    }

    /**
     * What came of looking at a part of a text.
     *
     * @param settled how many bytes, from its beginning, show what they will show whatever follows
     * @param any whether anything was found
     */
    public record Found(int settled, boolean any) {}
}
