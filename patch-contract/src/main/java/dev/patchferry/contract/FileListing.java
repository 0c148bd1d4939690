package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * A page of what is in a workspace.
 *
 * @param path the folder that was listed; empty for the workspace itself
 * @param entries each folder before what is in it, names in the order of their characters
 * @param complete whether this is all there is
 * @param reason why not
 * @param next what to send as {@code after} to go on
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FileListing(
        WorkspaceName workspace,
        String path,
        List<Entry> entries,
        boolean complete,
        Optional<String> reason,
        Optional<String> next) {
    public FileListing {
        entries = List.copyOf(entries);
    }

    /**
     * A file, folder or link.
     *
     * @param path relative to the workspace; in git's quotes where it is not UTF-8
     * @param kind {@code file}, {@code folder}, {@code link} or {@code other}
     * @param size in bytes, of a file
     * @param executable present if its owner may run the file
     * @param target where a link points
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Entry(
            String path, String kind, Optional<Long> size, Optional<Boolean> executable, Optional<String> target) {}
}
