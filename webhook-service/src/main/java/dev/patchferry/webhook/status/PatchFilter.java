package dev.patchferry.webhook.status;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.PatchCriteria;
import dev.patchferry.webhook.store.PatchQuery;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code GET /patches}, as sent. */
final class PatchFilter {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int DIGITS = 18;

    @QueryParam("status")
    @Nullable
    String status;

    @QueryParam("workspace")
    @Nullable
    String workspace;

    @QueryParam("principal")
    @Nullable
    String principal;

    @QueryParam("order")
    @Nullable
    String order;

    @QueryParam("after")
    @Nullable
    String after;

    @QueryParam("limit")
    @Nullable
    String limit;

    /** At most this many entries make a page. */
    int size() {
        return Math.clamp(number("limit", limit).orElse((long) DEFAULT_LIMIT), 1, MAX_LIMIT);
    }

    /**
     * What is asked for.
     *
     * @throws ProblemException 400 for a parameter that means nothing
     */
    PatchCriteria criteria() {
        return new PatchCriteria(
                statuses(), workspace(), Optional.ofNullable(principal), order(), number("after", after), size());
    }

    /** The path of the page that follows the patch with this number. */
    String next(long last) {
        UriBuilder path = UriBuilder.fromPath("/patches");
        repeat(path, "status", status);
        repeat(path, "workspace", workspace);
        repeat(path, "principal", principal);
        repeat(path, "order", order);
        return path.queryParam("limit", size())
                .queryParam("after", last)
                .build()
                .toString();
    }

    private static void repeat(UriBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.queryParam(name, value);
        }
    }

    private PatchQuery.Order order() {
        return switch (order) {
            case null -> PatchQuery.Order.NEWEST;
            case "newest" -> PatchQuery.Order.NEWEST;
            case "oldest" -> PatchQuery.Order.OLDEST;
            default -> throw wrong("order", "newest (first) or oldest (first)");
        };
    }

    private Set<PatchStatus> statuses() {
        return status == null
                ? Set.of()
                : Arrays.stream(status.split(",", -1)).map(PatchFilter::status).collect(Collectors.toUnmodifiableSet());
    }

    private static PatchStatus status(String name) {
        return PatchStatus.named(name)
                .orElseThrow(() -> wrong(
                        "status",
                        "one of, or several with commas between them: "
                                + Arrays.stream(PatchStatus.values())
                                        .map(PatchStatus::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    private Optional<WorkspaceName> workspace() {
        return Optional.ofNullable(workspace).map(name -> {
            if (!WorkspaceName.isValid(name)) {
                throw wrong("workspace", "the name of a workspace; GET /workspaces lists them");
            }
            return new WorkspaceName(name);
        });
    }

    private static Optional<Long> number(String name, @Nullable String text) {
        return Optional.ofNullable(text).map(digits -> {
            if (!digits.matches("[0-9]{1," + DIGITS + "}")) {
                throw wrong(name, "a whole number from 0 on");
            }
            return Long.valueOf(digits);
        });
    }

    private static ProblemException wrong(String name, String rule) {
        return new ProblemException(ProblemType.BAD_REQUEST, name + " must be " + rule + ".");
    }
}
