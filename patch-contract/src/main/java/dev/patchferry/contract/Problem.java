package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * An error answer, as RFC 9457 has it.
 *
 * @param type the URI of a {@link ProblemType}
 * @param title the type's title
 * @param status the HTTP status
 * @param detail what happened and what to do next, for a person or a model
 * @param errors each fault of an invalid document
 * @param patchStatus where the patch is that the problem is about
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<FieldFault> errors,
        @JsonProperty("patch_status") Optional<PatchStatus> patchStatus) {
    /** The media type of every problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
        patchStatus = patchStatus == null ? Optional.empty() : patchStatus;
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type.uri(), type.title(), type.status(), detail, List.of(), Optional.empty());
    }

    public Problem withErrors(List<FieldFault> faults) {
        return new Problem(type, title, status, detail, faults, patchStatus);
    }

    /** The same with another detail. */
    public Problem withDetail(String other) {
        return new Problem(type, title, status, other, errors, patchStatus);
    }

    public Problem about(PatchStatus where) {
        return new Problem(type, title, status, detail, errors, Optional.of(where));
    }
}
