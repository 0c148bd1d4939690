package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * Lines of a workspace's files in which a text or an expression was found.
 *
 * @param matches in the order of {@link FileListing}, one for each line
 * @param filesSearched how many files were looked through for this answer
 * @param bytesSearched how many bytes they have
 * @param skipped files that were not looked through
 * @param complete whether every file was
 * @param reason why not
 * @param next what to send as {@code after} to go on
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SearchResult(
        WorkspaceName workspace,
        List<Match> matches,
        int filesSearched,
        long bytesSearched,
        Skipped skipped,
        boolean complete,
        Optional<String> reason,
        Optional<String> next) {
    public SearchResult {
        matches = List.copyOf(matches);
    }

    /**
     * A line.
     *
     * @param line its number, from 1
     * @param text without its end; at most 500 characters, the rest is an ellipsis
     * @param before lines above it, as many as were asked for
     * @param after lines below it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Match(String path, int line, String text, List<String> before, List<String> after) {
        public Match {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * How many files were passed over.
     *
     * @param binary with a NUL among their first bytes
     * @param large over 8 MiB
     * @param unreadable closed to the runner, or changed meanwhile
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Skipped(int binary, int large, int unreadable) {}
}
