package dev.patchferry.engine.format;

import dev.patchferry.contract.DryRun;
import dev.patchferry.contract.PatchFormat;
import dev.patchferry.contract.WorkspaceName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is said around a patch: by its own document or, where that is silent, by the one that it is wrapped in.
 *
 * @param role lower case, without surrounding space; empty when nobody gave one
 * @param targetFile where the path of the file stands, or would
 * @param format an explicit format other than {@code auto}
 * @param workspace the name of the workspace that the document as sent is for
 * @param depth 0 for the document as sent, 1 for what its {@code patch} holds, and so on
 */
record Envelope(String role, JsonField targetFile, Optional<PatchFormat> format, String workspace, int depth) {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "blockId",
            "version",
            "role",
            "description",
            "workspace",
            "format",
            "dry_run",
            "dryRun",
            "propose",
            "timeout_s",
            "base",
            "target_file");

    static Envelope outermost(JsonField document) {
        String workspace = document.child("workspace").text().orElse(WorkspaceName.DEFAULT.value());
        return new Envelope(roleIn(document), document.child("target_file"), formatIn(document), workspace, 0);
    }

    /** The envelope of a document that stands in this one's. */
    Envelope within(JsonField document) {
        String ownRole = roleIn(document);
        JsonField ownTarget = document.child("target_file");
        return new Envelope(
                ownRole.isEmpty() ? role : ownRole,
                ownTarget.isPresent() ? ownTarget : targetFile,
                formatIn(document).or(() -> format),
                workspace,
                depth + 1);
    }

    /** Whether this field of a document is read by whoever handles the patch as a whole. */
    static boolean holds(JsonField field) {
        return FIELDS.contains(field.key()) || isDryRunMode(field);
    }

    static boolean isDryRunMode(JsonField field) {
        return field.key().equals("mode") && DryRun.isMode(field.value());
    }

    private static String roleIn(JsonField document) {
        return document.child("role").text().orElse("").strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<PatchFormat> formatIn(JsonField document) {
        return document.child("format").text().flatMap(PatchFormat::named).filter(format -> format != PatchFormat.AUTO);
    }
}
