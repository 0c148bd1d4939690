package dev.patchferry.webhook.audit;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.store.FeedCursor;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code GET /audit}, as sent. */
final class AuditFilter {
    private static final List<String> KINDS = List.of("accepted", "state", "action", "refused", "access");
    private static final int DEFAULT_PAGE = 50;
    private static final int LARGEST_PAGE = 100;

    @QueryParam("after")
    @Nullable
    String after;

    @QueryParam("limit")
    @Nullable
    String limit;

    @QueryParam("id")
    @Nullable
    String id;

    @QueryParam("principal")
    @Nullable
    String principal;

    @QueryParam("kind")
    @Nullable
    String kind;

    @QueryParam("order")
    @Nullable
    String order;

    @QueryParam("format")
    @Nullable
    String format;

    /** Where to begin, if that was said. */
    Optional<FeedCursor> place() {
        return Optional.ofNullable(after)
                .map(text -> FeedCursor.parse(text)
                        .orElseThrow(() -> wrong("after", "the `place` of a record, or `next` of a page")));
    }

    /** The only patch wanted. */
    Optional<PatchId> patch() {
        return Optional.ofNullable(id).map(text -> {
            if (!PatchId.isValid(text)) {
                throw wrong("id", PatchId.RULE);
            }
            return new PatchId(text);
        });
    }

    /** How many records make a page. */
    int page() {
        return Math.clamp(number().orElse(DEFAULT_PAGE), 1, LARGEST_PAGE);
    }

    /** How many records are wanted when they come as lines; all, if nothing is said. */
    long lines() {
        return number().orElse(Long.MAX_VALUE);
    }

    /** Whether the form of lines was asked for by parameter; a 400 problem for any other form but JSON. */
    boolean asLines() {
        if (format != null && !format.equals("jsonl") && !format.equals("json")) {
            throw wrong("format", "json or jsonl");
        }
        return "jsonl".equals(format);
    }

    /** A 400 problem for a parameter that means nothing, before anything is answered. */
    void check() {
        place();
        patch();
        number();
        newestFirst();
        if (kind != null && !KINDS.contains(kind)) {
            throw wrong("kind", "one of " + String.join(", ", KINDS));
        }
    }

    /** The other way round than they happened; a 400 problem for an order that means nothing. */
    boolean newestFirst() {
        return switch (order) {
            case null -> false;
            case "oldest" -> false;
            case "newest" -> true;
            default -> throw wrong("order", "oldest (first) or newest (first)");
        };
    }

    /** Whether a record is wanted. */
    boolean wants(AuditRecord entry) {
        return (kind == null || kind.equals(entry.kind()))
                && (principal == null
                        || entry.principal().filter(principal::equals).isPresent());
    }

    private OptionalLong number() {
        if (limit == null) {
            return OptionalLong.empty();
        }
        if (!limit.matches("[1-9][0-9]{0,17}")) {
            throw wrong("limit", "a whole number from 1 on");
        }
        return OptionalLong.of(Long.parseLong(limit));
    }

    private static ProblemException wrong(String name, String rule) {
        return new ProblemException(ProblemType.BAD_REQUEST, name + " must be " + rule + ".");
    }
}
