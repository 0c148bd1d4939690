package dev.patchferry.engine.edit;

import java.util.EnumSet;
import java.util.regex.Matcher;

/** A text in which one match after the other is replaced. For one use. */
final class Rewriting {
    private final String text;
    private final Search search;
    private final TextReplacement replacement;
    private final BoundedText result = new BoundedText();
    private int copied;
    private boolean coversAll = true;
    private boolean wasThere = true;

    Rewriting(String text, Search search, TextReplacement replacement) {
        this.text = text;
        this.search = search;
        this.replacement = replacement;
    }

    /** Replaces the next match. */
    void replace(Matcher match) {
        String between = text.substring(copied, match.start());
        coversAll &= between.isBlank();
        String fresh = fresh(match);
        wasThere &= Resent.isThere(text, match.start(), match.end(), fresh);
        result.append(between).append(fresh);
        copied = match.end();
    }

    /** What became of the text. */
    HunkResult result() {
        String rest = text.substring(copied);
        if (wasThere) {
            return new HunkResult.AlreadyApplied();
        }
        if (search.isRegularExpression() && coversAll && rest.isBlank() && MatchAllPattern.hasSeveralLines(text)) {
            return replacement.coversAll();
        }
        String after = result.append(rest).toString();
        return after.equals(text)
                ? new HunkResult.Refused(
                        "the replacement leaves the file as it is; the text found reads like that already")
                : new HunkResult.Changed(after, EnumSet.of(search.grade()));
    }

    private String fresh(Matcher match) {
        String asked = replacement.replacementFor(match.group());
        if (search.isRegularExpression()) {
            BoundedText expanded = new BoundedText();
            new Template(asked, Template.spellsBreaks(replacement.asked())).expand(match, expanded);
            return expanded.toString();
        }
        // The file's last line keeps its end, whether the sender saw it or not.
        boolean losesTheEnd = match.end() == text.length() && match.group().endsWith("\n");
        return losesTheEnd && !asked.isEmpty() && !asked.endsWith("\n") ? asked + "\n" : asked;
    }
}
