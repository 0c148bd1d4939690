package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.Replacement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One replacement, to be made in a file whose lines end this way, before this deadline. */
record TextReplacement(Replacement asked, LineEnding ending, Deadline deadline) {
    private static final int MOST_PLACES = 20;

    /** @throws Abandoned when it takes too long or grows too large */
    HunkResult applyTo(String text) {
        deadline.check();
        for (Search search : Search.waysFor(asked, ending)) {
            if (search.isRegularExpression() && CatchAll.is(search, asked.all(), deadline)) {
                return new HunkResult.Refused("the regular expression `" + NearestLines.cut(asked.pattern())
                        + "` matches any file, or nothing in particular; name the text to be replaced, send the whole"
                        + " file as contents, or send \"regex\": false if that is the text itself");
            }
            Matcher matcher = search.in(new TimedText(text, deadline));
            if (matcher.find()) {
                return replaced(text, matcher, search);
            }
        }
        return notFound(text);
    }

    private HunkResult replaced(String text, Matcher matcher, Search search) {
        List<Integer> places = asked.matches() == Replacement.Matches.ONLY ? places(text, matcher) : List.of();
        if (places.size() > 1) {
            return ambiguous(text, places);
        }
        matcher.reset();
        matcher.find();
        BoundedText result = new BoundedText();
        int copied = 0;
        do {
            deadline.check();
            result.append(text, copied, matcher.start());
            appendReplacement(matcher, search, result);
            copied = matcher.end();
        } while (asked.all() && matcher.find());
        String after = result.append(text, copied, text.length()).toString();
        return after.equals(text)
                ? new HunkResult.Refused(
                        "the replacement leaves the file as it is; the text found reads like that already")
                : new HunkResult.Changed(after, EnumSet.of(search.grade()));
    }

    /** Where the text begins each time, the matcher being at the first; a few are enough to tell. */
    private List<Integer> places(String text, Matcher matcher) {
        List<Integer> places = new ArrayList<>();
        int from;
        do {
            deadline.check();
            places.add(matcher.start());
            from = matcher.start() + 1;
        } while (places.size() < MOST_PLACES && from <= text.length() && matcher.find(from));
        return places;
    }

    private HunkResult ambiguous(String text, List<Integer> places) {
        String lines = places.stream()
                .map(place ->
                        text.substring(0, place).chars().filter(c -> c == '\n').count() + 1)
                .map(String::valueOf)
                .distinct()
                .collect(Collectors.joining(", "));
        return new HunkResult.Refused("`" + NearestLines.cut(asked.pattern()) + "` stands in "
                + (places.size() == MOST_PLACES ? "many" : places.size()) + " places, in lines " + lines
                + ". Send more of the text around it, so that it names one place, or \"all\": true if all are meant");
    }

    private void appendReplacement(Matcher matcher, Search search, BoundedText result) {
        String replacement = replacementFor(matcher.group());
        if (search.isRegularExpression()) {
            new Template(replacement).expand(matcher, result);
        } else {
            result.append(replacement);
        }
    }

    /** New lines end as the file's do; in a file that mixes line endings, as the text does that they replace. */
    private String replacementFor(String match) {
        return ending.unifiesViews()
                ? LineEnding.toLineFeeds(asked.replacement())
                : LineEnding.of(match).imposeOn(asked.replacement());
    }

    /**
     * Whether the replacement is already there. It must stand on its own there: that {@code extra} holds an {@code x}
     * says nothing.
     */
    boolean isAlreadyIn(String text) {
        String there = replacementFor("");
        if (there.isBlank()) {
            return false;
        }
        String alone = "(?<!\\w(?=\\w))" + Pattern.quote(there) + "(?!(?<=\\w)\\w)";
        return Pattern.compile(alone).matcher(new TimedText(text, deadline)).find();
    }

    private HunkResult notFound(String text) {
        boolean anchored = asked.regex()
                && (asked.pattern().startsWith("^") || asked.pattern().endsWith("$"));
        return new HunkResult.Missing("`" + NearestLines.cut(asked.pattern()) + "` was not found, "
                + (asked.regex() ? "neither as a regular expression nor as plain text. " : "as plain text. ")
                + NearestLines.in(text, asked.pattern())
                + (anchored
                        ? " ^ and $ are the ends of the file; begin the pattern with (?m) for those of a line."
                        : "")
                + " Send the text exactly as it stands in the file.");
    }
}
