package dev.patchferry.system.access;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A row of the table.
 *
 * @param call method and path, as the API's description has them; {@code {id}} is the patch
 * @param expected the status that each is answered with. Where somebody is let in, it is what there is to say of a patch
 *     that was cancelled before any runner took it, while there is no runner
 */
record Endpoint(String call, Map<Who, Integer> expected) {
    private static final int NOT_LET_IN = 401;
    private static final int NOT_ALLOWED = 403;
    private static final int NOT_THERE = 404;

    Endpoint {
        expected = Map.copyOf(expected);
    }

    /** For everybody, whatever they send along. */
    static Endpoint open(String call, int status) {
        return of(call, _ -> status);
    }

    /** For whoever may send patches, signed ones included. */
    static Endpoint sending(String call, int status) {
        return of(call, who -> switch (who) {
            case SIGNED, SUBMIT_OWN, SUBMIT_OTHER, OPERATE_OWN, OPERATE -> status;
            case READ, VIEW, ELSEWHERE -> NOT_ALLOWED;
            case NOBODY, WRONG, EXPIRED, REVOKED -> NOT_LET_IN;
        });
    }

    /** For everybody with a token: which workspaces there are. */
    static Endpoint choosing(String call, int status) {
        return of(call, who -> switch (who) {
            case SUBMIT_OWN, SUBMIT_OTHER, ELSEWHERE, READ, VIEW, OPERATE_OWN, OPERATE -> status;
            case NOBODY, WRONG, EXPIRED, REVOKED, SIGNED -> NOT_LET_IN;
        });
    }

    /** In a workspace, for whoever may read files there. */
    static Endpoint looking(String call, int status) {
        return of(call, who -> switch (who) {
            case SUBMIT_OWN, SUBMIT_OTHER, READ, OPERATE_OWN, OPERATE -> status;
            case ELSEWHERE, VIEW -> NOT_ALLOWED;
            case NOBODY, WRONG, EXPIRED, REVOKED, SIGNED -> NOT_LET_IN;
        });
    }

    /** For whoever sees patches; what is not theirs to see is left out. */
    static Endpoint listing(String call, int status) {
        return of(call, who -> switch (who) {
            case SUBMIT_OWN, SUBMIT_OTHER, ELSEWHERE, VIEW, OPERATE_OWN, OPERATE -> status;
            case READ -> NOT_ALLOWED;
            case NOBODY, WRONG, EXPIRED, REVOKED, SIGNED -> NOT_LET_IN;
        });
    }

    /** About a patch: for its sender and for whoever may see all. */
    static Endpoint reading(String call, int status) {
        return of(call, who -> switch (who) {
            case SUBMIT_OWN, VIEW, OPERATE_OWN, OPERATE -> status;
            case SUBMIT_OTHER, ELSEWHERE -> NOT_THERE;
            case READ -> NOT_ALLOWED;
            case NOBODY, WRONG, EXPIRED, REVOKED, SIGNED -> NOT_LET_IN;
        });
    }

    /** Something done to a patch: by its sender and by an operator. */
    static Endpoint changing(String call, int status) {
        return of(call, who -> switch (who) {
            case SUBMIT_OWN, OPERATE_OWN, OPERATE -> status;
            case SUBMIT_OTHER, ELSEWHERE -> NOT_THERE;
            case READ, VIEW -> NOT_ALLOWED;
            case NOBODY, WRONG, EXPIRED, REVOKED, SIGNED -> NOT_LET_IN;
        });
    }

    /** For operators. */
    static Endpoint operating(String call, int status) {
        return of(call, who -> switch (who) {
            case OPERATE_OWN, OPERATE -> status;
            case SUBMIT_OWN, SUBMIT_OTHER, ELSEWHERE, READ, VIEW -> NOT_ALLOWED;
            case NOBODY, WRONG, EXPIRED, REVOKED, SIGNED -> NOT_LET_IN;
        });
    }

    /** For operators, about patches that are not their own. */
    static Endpoint deciding(String call, int status) {
        return of(call, who -> switch (who) {
            case OPERATE -> status;
            case SUBMIT_OWN, SUBMIT_OTHER, ELSEWHERE, READ, VIEW, OPERATE_OWN -> NOT_ALLOWED;
            case NOBODY, WRONG, EXPIRED, REVOKED, SIGNED -> NOT_LET_IN;
        });
    }

    private static Endpoint of(String call, Function<Who, Integer> expected) {
        Map<Who, Integer> all = new EnumMap<>(Who.class);
        Arrays.stream(Who.values()).forEach(who -> all.put(who, expected.apply(who)));
        return new Endpoint(call, all);
    }

    String method() {
        return call.substring(0, call.indexOf(' '));
    }

    String path(Who who) {
        return call.substring(call.indexOf(' ') + 1)
                .replace("{id}", who.patch())
                .replace("{workspace}", "default");
    }

    boolean isSending() {
        return call.equals("POST /webhook");
    }

    int expected(Who who) {
        return expected.getOrDefault(who, 0);
    }

    /** As a row of a table in Markdown. */
    String row() {
        return Arrays.stream(Who.values())
                .map(who -> " " + expected(who) + " |")
                .collect(Collectors.joining("", "| `" + call + "` |", ""));
    }
}
