package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.patchferry.contract.Receipt.HiddenFile;
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
 * @param changeSet what an approval of that patch has to name
 * @param diff where what would be approved is shown; a path on this service
 * @param hidden files of which that does not show everything
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<FieldFault> errors,
        @JsonProperty("patch_status") Optional<PatchStatus> patchStatus,
        @JsonProperty("change_set") Optional<String> changeSet,
        Optional<String> diff,
        List<HiddenFile> hidden) {
    /** The media type of every problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
        patchStatus = patchStatus == null ? Optional.empty() : patchStatus;
        changeSet = changeSet == null ? Optional.empty() : changeSet;
        diff = diff == null ? Optional.empty() : diff;
        hidden = hidden == null ? List.of() : List.copyOf(hidden);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status(),
                detail,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public Problem withErrors(List<FieldFault> faults) {
        return new Problem(type, title, status, detail, faults, patchStatus, changeSet, diff, hidden);
    }

    /** The same with another detail. */
    public Problem withDetail(String other) {
        return new Problem(type, title, status, other, errors, patchStatus, changeSet, diff, hidden);
    }

    public Problem about(PatchStatus where) {
        return new Problem(type, title, status, detail, errors, Optional.of(where), changeSet, diff, hidden);
    }

    /**
     * The same about what an approval has to name.
     *
     * @param shown the path of the diff, or of the patch where there is none
     */
    public Problem naming(String hash, String shown, List<HiddenFile> files) {
        return new Problem(
                type, title, status, detail, errors, patchStatus, Optional.of(hash), Optional.of(shown), files);
    }
}
