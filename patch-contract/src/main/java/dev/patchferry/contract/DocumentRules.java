package dev.patchferry.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.FieldSpec.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules a document must keep to be stored. Collects every fault instead of stopping at the first. */
final class DocumentRules {
    /** Where an id may stand, best first. */
    private static final List<String> ID_FIELDS = List.of("id", "blockId", "version");

    /** Fields of a document that the seed's tools acted on, and nobody does now. */
    private static final List<String> SEED_PROSE = List.of("description", "phases", "preCommit", "final");

    /** What an old text is called beside a replacement, if not a pattern. */
    private static final List<String> OLD_TEXTS = Stream.concat(
                    FieldForm.CHANGE.spellings("old").stream(), Stream.of("original"))
            .filter(name -> !name.equals("pattern"))
            .toList();

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int MAX_PATH = 4096;
    private static final int MAX_ROLE = 200;
    /** A day; how much of it a workspace allows is its owner's to say. */
    private static final int MAX_TIMEOUT = 86_400;

    private final ObjectNode document;
    private final List<FieldFault> faults = new ArrayList<>();

    private DocumentRules(ObjectNode document) {
        this.document = document;
    }

    static PatchDocument.Reading check(ObjectNode document) {
        return new DocumentRules(document).check();
    }

    private PatchDocument.Reading check() {
        if (document.propertyStream().noneMatch(field -> saysSomething(field.getKey()))) {
            fault(
                    "",
                    "no field that Patch Ferry knows; a patch looks like "
                            + "{\"id\":\"add-footer-7\",\"role\":\"command_patch\",\"target_file\":\"a.txt\",\"patch\":\"…\"}");
        }
        faults.addAll(HalfSurrogates.in(document));
        Optional<PatchId> id = id();
        WorkspaceName workspace = workspace();
        patch();
        switches();
        faults.addAll(FieldSlips.in(document));
        faults.addAll(DryRun.faults(document));
        base();
        if (!faults.isEmpty() || id.isEmpty()) {
            return new PatchDocument.Reading.Invalid(faults, id);
        }
        boolean dryRun = DryRun.isAskedBy(document) || DryRun.isAskedBy(document.path("patch"));
        boolean propose = document.path("propose").asBoolean()
                || document.path("patch").path("propose").asBoolean();
        ContentHash hash;
        try {
            hash = HashRule.CURRENT.of(document, workspace, propose);
        } catch (IllegalArgumentException e) {
            fault("", String.valueOf(e.getMessage()));
            return new PatchDocument.Reading.Invalid(faults, id);
        }
        return new PatchDocument.Reading.Valid(new PatchDocument(id.get(), workspace, hash, dryRun, propose, document));
    }

    private static boolean saysSomething(String field) {
        return SEED_PROSE.contains(field)
                || FieldForm.DOCUMENT
                        .find(field)
                        .map(FieldSpec::effect)
                        .filter(effect -> effect != Effect.HARMLESS && effect != Effect.REFUSED)
                        .isPresent();
    }

    private Optional<PatchId> id() {
        for (String place : List.of("", "/patch")) {
            JsonNode holder = document.at(place);
            for (String field : ID_FIELDS) {
                JsonNode value = holder.get(field);
                if (value != null && (value.isTextual() || !field.equals("version"))) {
                    return idAt(place + "/" + field, value);
                }
            }
        }
        fault("/id", "is required: " + PatchId.RULE);
        return Optional.empty();
    }

    private Optional<PatchId> idAt(String pointer, JsonNode value) {
        if (!value.isTextual()) {
            fault(pointer, "must be a string, not " + JsonKind.of(value));
        } else if (!PatchId.isValid(value.textValue())) {
            fault(pointer, "must be " + PatchId.RULE);
        } else {
            return Optional.of(new PatchId(value.textValue()));
        }
        return Optional.empty();
    }

    private WorkspaceName workspace() {
        JsonNode value = document.get("workspace");
        if (value == null || value.isNull()) {
            return WorkspaceName.DEFAULT;
        }
        if (value.isTextual() && WorkspaceName.isValid(value.textValue())) {
            return new WorkspaceName(value.textValue());
        }
        fault("/workspace", "must be the name of a workspace (GET /workspaces lists them): " + WorkspaceName.RULE);
        return WorkspaceName.DEFAULT;
    }

    private void patch() {
        JsonNode patch = document.get("patch");
        if (patch == null) {
            requireNothingOfTheSeedForm();
            return;
        }
        if (patch.isTextual()) {
            if (patch.textValue().isBlank()) {
                fault("/patch", "must not be blank");
            }
            seedForm();
        } else if (patch.isArray() && !patch.isEmpty()) {
            optionalText("target_file", MAX_PATH);
            optionalText("role", MAX_ROLE);
        } else if (patch.isObject()) {
            boolean otherOld = OLD_TEXTS.stream().anyMatch(patch::has);
            if (patch.has("pattern") || (patch.has("replacement") && !otherOld)) {
                requireText("/patch/pattern", patch.get("pattern"), false);
                requireText("/patch/replacement", patch.get("replacement"), true);
                seedForm();
            } else {
                optionalText("target_file", MAX_PATH);
                optionalText("role", MAX_ROLE);
            }
        } else {
            fault("/patch", "must be a string, an object or a list of changes, not " + JsonKind.of(patch));
            seedForm();
        }
    }

    /** A document with a role and a target but no patch is a seed form that forgot it, not a legacy document. */
    private void requireNothingOfTheSeedForm() {
        boolean legacy = document.has("mutations") || document.has("postMutationBuild") || document.has("validate");
        if (!legacy && (document.has("role") || document.has("target_file"))) {
            fault("/patch", "is required: the text of the change, or {\"pattern\":…, \"replacement\":…}");
            seedForm();
        } else {
            optionalText("target_file", MAX_PATH);
            optionalText("role", MAX_ROLE);
        }
    }

    private void seedForm() {
        requireText("/role", document.get("role"), false);
        requireText("/target_file", document.get("target_file"), false);
        optionalText("role", MAX_ROLE);
        optionalText("target_file", MAX_PATH);
    }

    private void requireText(String pointer, @Nullable JsonNode value, boolean mayBeEmpty) {
        if (value == null || value.isNull()) {
            fault(pointer, "is required");
        } else if (!value.isTextual()) {
            fault(pointer, "must be a string, not " + JsonKind.of(value));
        } else if (!mayBeEmpty && value.textValue().isBlank()) {
            fault(pointer, "must not be blank");
        }
    }

    private void optionalText(String field, int longest) {
        JsonNode value = document.get(field);
        if (value == null || value.isNull()) {
            return;
        }
        if (!value.isTextual()) {
            if (faults.stream().noneMatch(fault -> fault.pointer().equals("/" + field))) {
                fault("/" + field, "must be a string, not " + JsonKind.of(value));
            }
        } else if (value.textValue().length() > longest) {
            fault("/" + field, "is longer than " + longest + " characters");
        }
    }

    private void switches() {
        JsonNode format = document.get("format");
        if (format != null
                && !(format.isTextual() && PatchFormat.named(format.textValue()).isPresent())) {
            fault("/format", "must be one of " + PatchFormat.names());
        }
        for (String field : List.of("dry_run", "dryRun", "propose")) {
            JsonNode value = document.get(field);
            if (value != null && !value.isBoolean()) {
                fault("/" + field, "must be true or false, not " + JsonKind.of(value));
            }
        }
        JsonNode seconds = document.path(HashRule.TIMEOUT_FIELD);
        boolean said = !seconds.isMissingNode() && !seconds.isNull();
        if (said && !(seconds.isInt() && seconds.intValue() >= 1 && seconds.intValue() <= MAX_TIMEOUT)) {
            fault("/" + HashRule.TIMEOUT_FIELD, "must be a whole number of seconds from 1 to " + MAX_TIMEOUT);
        }
        JsonNode description = document.get("description");
        if (description != null && !description.isTextual() && !description.isNull()) {
            fault("/description", "must be a string, not " + JsonKind.of(description));
        }
    }

    private void base() {
        JsonNode base = document.get("base");
        if (base == null) {
            return;
        }
        if (!base.isObject()) {
            fault("/base", "must be an object of path to SHA-256, not " + JsonKind.of(base));
            return;
        }
        for (Map.Entry<String, JsonNode> entry : base.properties()) {
            JsonNode sha = entry.getValue();
            if (!sha.isTextual() || !SHA256.matcher(sha.textValue()).matches()) {
                fault(
                        JsonPointer.empty()
                                .appendProperty("base")
                                .appendProperty(entry.getKey())
                                .toString(),
                        "must be the file's SHA-256 as 64 hexadecimal digits");
            }
        }
    }

    private void fault(String pointer, String detail) {
        faults.add(new FieldFault(pointer, detail));
    }
}
