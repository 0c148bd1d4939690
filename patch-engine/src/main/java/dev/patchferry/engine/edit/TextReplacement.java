package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Replacement;
import dev.patchferry.engine.plan.Replacement.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One replacement, to be made in a file whose lines end this way, before this deadline. A pattern that stands in the file
 * as it was sent is that text; only another one is read as a regular expression.
 */
record TextReplacement(Replacement asked, LineEnding ending, Deadline deadline) {
    private static final int MOST_PLACES = 20;
    private static final Pattern LAZY_DOT = Pattern.compile("\\.[*+]\\?");

    /** @throws EditLimitExceeded when it takes too long or grows too large */
    HunkResult applyTo(String text) {
        deadline.check();
        if (asked.reading() != Reading.EXPRESSION) {
            for (Search search : Search.asText(asked, ending)) {
                if (search.in(new InterruptibleText(text, deadline)).find()) {
                    return asText(text, search);
                }
            }
        }
        return Search.asExpression(asked, ending, Pattern.DOTALL)
                .map(dotAll -> asExpression(text, dotAll))
                .orElseGet(() -> notFound(text));
    }

    private HunkResult asText(String text, Search search) {
        Optional<Search> expression = Search.asExpression(asked, ending, 0);
        if (expression.isPresent() && Search.readsLikeExpression(asked)) {
            Optional<Integer> elsewhere = matchBeside(search, expression.get(), text);
            if (elsewhere.isPresent()) {
                return new HunkResult.Refused("`" + NearestLines.cut(asked.pattern()) + "` stands in line "
                        + line(text, first(search, text)) + " as it was sent, and as a regular expression it matches"
                        + " line " + line(text, elsewhere.get())
                        + "; send \"regex\": false for the text, or \"regex\": true for the expression");
            }
        }
        Optional<String> fault = Template.faultBesideText(asked);
        if (fault.isPresent()) {
            return new HunkResult.Refused(fault.get());
        }
        boolean notRegex = expression.isPresent() && search.grade() == Grade.EXACT;
        return replaced(text, notRegex ? new Search(search.pattern(), Grade.LITERAL_NOT_REGEX) : search);
    }

    /** Where the expression matches beside every place of the text. */
    private Optional<Integer> matchBeside(Search literal, Search expression, String text) {
        Matcher places = literal.in(new InterruptibleText(text, deadline));
        Matcher matches = expression.in(new InterruptibleText(text, deadline));
        boolean more = places.find();
        while (matches.find()) {
            deadline.check();
            while (more && places.end() <= matches.start()) {
                more = places.find();
            }
            if (!more || places.start() >= matches.end()) {
                return Optional.of(matches.start());
            }
        }
        return Optional.empty();
    }

    /** The dot keeps to a line wherever the expression matches so; only one that needs more crosses lines. */
    private HunkResult asExpression(String text, Search dotAll) {
        if (MatchAllPattern.is(dotAll, asked.all(), deadline)) {
            return new HunkResult.Refused("the regular expression `" + NearestLines.cut(asked.pattern())
                    + "` matches any file, or nothing in particular; name the text to be replaced, send the whole"
                    + " file as contents, or send \"regex\": false if that is the text itself");
        }
        Matcher across = dotAll.in(new InterruptibleText(text, deadline));
        if (!across.find()) {
            return notFound(text);
        }
        if (MatchAllPattern.isWhole(text, across.start(), across.end())) {
            return coversAll();
        }
        Search within = Search.asExpression(asked, ending, 0).orElse(dotAll);
        Matcher inLines = within.in(new InterruptibleText(text, deadline));
        boolean fitsInLines = inLines.find();
        Search chosen = fitsInLines ? within : dotAll;
        if (fitsInLines && LAZY_DOT.matcher(asked.pattern()).find() && inLines.start() != across.start()) {
            return twoReadings(text, across.start(), inLines.start());
        }
        return Template.fault(asked, across.groupCount(), across.namedGroups().keySet())
                .<HunkResult>map(HunkResult.Refused::new)
                .orElseGet(() -> replaced(text, chosen));
    }

    /** A dot that takes as little as it can is often meant to cross lines. */
    private HunkResult twoReadings(String text, int across, int within) {
        return new HunkResult.Refused(
                "the regular expression `" + NearestLines.cut(asked.pattern()) + "` matches from line "
                        + line(text, across) + " on if its dot crosses lines, and line " + line(text, within)
                        + " if it does not; begin it with (?s) or (?-s)");
    }

    HunkResult coversAll() {
        return new HunkResult.Refused("the regular expression `" + NearestLines.cut(asked.pattern())
                + "` covers the whole file; name less of it, begin it with (?-s) if a dot is not to cross lines as (?s)"
                + " has it, or send the whole new file as contents");
    }

    private HunkResult replaced(String text, Search search) {
        Matcher matcher = search.in(new InterruptibleText(text, deadline));
        Optional<HunkResult.Refused> wrongPlaces = wrongPlaces(text, matcher);
        if (wrongPlaces.isPresent()) {
            return wrongPlaces.get();
        }
        matcher.reset();
        int place = asked.matches() == Replacement.Matches.NTH ? asked.count() : 1;
        for (int found = 0; found < place; found++) {
            matcher.find();
        }
        Rewriting rewriting = new Rewriting(text, search, this);
        do {
            deadline.check();
            rewriting.replace(matcher);
        } while (asked.all() && matcher.find());
        return rewriting.result();
    }

    /** What is wrong with how many places there are. */
    private Optional<HunkResult.Refused> wrongPlaces(String text, Matcher matcher) {
        return switch (asked.matches()) {
            case FIRST, ALL -> Optional.empty();
            case ONLY -> {
                List<Integer> places = overlappingPlaces(text, matcher);
                yield places.size() == 1 ? Optional.empty() : Optional.of(ambiguous(text, places));
            }
            case NTH, EXACTLY -> {
                List<Integer> places = places(matcher);
                boolean fits = asked.matches() == Replacement.Matches.NTH
                        ? places.size() >= asked.count()
                        : places.size() == asked.count();
                yield fits ? Optional.empty() : Optional.of(otherCount(text, places));
            }
        };
    }

    /** Where the text begins each time; a few are enough to tell. */
    private List<Integer> overlappingPlaces(String text, Matcher matcher) {
        List<Integer> places = new ArrayList<>();
        int from = 0;
        while (places.size() < MOST_PLACES && from <= text.length() && matcher.find(from)) {
            deadline.check();
            places.add(matcher.start());
            from = matcher.start() + 1;
        }
        return places;
    }

    private List<Integer> places(Matcher matcher) {
        List<Integer> places = new ArrayList<>();
        while (matcher.find()) {
            deadline.check();
            places.add(matcher.start());
        }
        return places;
    }

    private HunkResult.Refused ambiguous(String text, List<Integer> places) {
        return new HunkResult.Refused("`" + NearestLines.cut(asked.pattern()) + "` stands in "
                + (places.size() == MOST_PLACES ? "many" : places.size()) + " places, " + inLines(text, places)
                + ". Send more of the text around it, so that it names one place, or \"all\": true if all are meant");
    }

    private HunkResult.Refused otherCount(String text, List<Integer> places) {
        return new HunkResult.Refused("`" + NearestLines.cut(asked.pattern()) + "` stands in " + places.size()
                + (places.size() == 1 ? " place, " : " places, ") + inLines(text, places) + ", not in "
                + asked.count() + ". Send the count that is there, or more of the text around the place that is meant");
    }

    private static String inLines(String text, List<Integer> places) {
        List<String> lines = places.stream()
                .limit(MOST_PLACES)
                .map(place -> String.valueOf(line(text, place)))
                .distinct()
                .toList();
        return (lines.size() == 1 ? "in line " : "in lines ") + String.join(", ", lines);
    }

    private int first(Search search, String text) {
        Matcher matcher = search.in(new InterruptibleText(text, deadline));
        return matcher.find() ? matcher.start() : 0;
    }

    private static long line(String text, int place) {
        return text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
    }

    /** New lines end as the file's do; in a file that mixes line endings, as the text does that they replace. */
    String replacementFor(String match) {
        return ending.unifiesViews()
                ? LineEnding.toLineFeeds(asked.replacement())
                : LineEnding.of(match).imposeOn(asked.replacement());
    }

    private HunkResult notFound(String text) {
        return new HunkResult.Missing(new MissingText(asked, ending, text).inWords());
    }
}
