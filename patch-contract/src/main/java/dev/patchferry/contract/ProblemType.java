package dev.patchferry.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every kind of problem an answer can name. The URI is stable: programs may switch on it. */
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not JSON"),
    BAD_REQUEST(400, "The request cannot be understood"),
    UNAUTHENTICATED(401, "No valid credential was given"),
    FORBIDDEN(403, "This credential may not do that"),
    NOT_FOUND(404, "There is nothing here"),
    PATCH_NOT_FOUND(404, "There is no such patch"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    ID_CONFLICT(409, "This id was used with other content"),
    MESSAGE_CONFLICT(409, "This webhook-id was used with another body"),
    WRONG_STATE(409, "The patch is not in a state that allows this"),
    UNDO_REFUSED(409, "The patch cannot be undone as things are"),
    CHANGE_SET_DIFFERS(409, "This is not what would be approved"),
    CURSOR_UNKNOWN(410, "The journal does not know this cursor"),
    TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
    RANGE_NOT_SATISFIABLE(416, "There is nothing at that offset"),
    INVALID_PATCH(422, "The patch is not valid"),
    NOT_TEXT(422, "This cannot be read as text"),
    INVALID_DECISION(422, "The body of this request is not valid"),
    CHANGE_SET_REQUIRED(428, "An approval names what it approves"),
    HIDDEN_FILES(428, "Not everything could be shown"),
    QUEUE_FULL(429, "Too many patches are waiting"),
    RATE_LIMITED(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL(500, "Something broke inside Patch Ferry"),
    OVERLOADED(503, "Too much is being received at once"),
    STORE_UNAVAILABLE(503, "Nothing can be stored right now"),
    RUNNER_UNAVAILABLE(503, "The runner cannot be reached right now"),
    NOT_READY(503, "This service is not ready");

    private static final String PREFIX = "urn:patchferry:problem:";

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** The same for every problem of this type. */
    public String title() {
        return title;
    }

    /** For example {@code urn:patchferry:problem:id-conflict}. */
    public String uri() {
        return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type with this URI. */
    public static Optional<ProblemType> of(String uri) {
        return Arrays.stream(values()).filter(type -> type.uri().equals(uri)).findFirst();
    }
}
