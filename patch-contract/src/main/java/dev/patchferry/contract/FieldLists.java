package dev.patchferry.contract;

import static dev.patchferry.contract.FieldSpec.acts;
import static dev.patchferry.contract.FieldSpec.field;
import static dev.patchferry.contract.FieldSpec.harmless;
import static dev.patchferry.contract.FieldSpec.refused;

import dev.patchferry.contract.FieldSpec.Effect;
import java.util.List;
import java.util.stream.Stream;

/** The fields of every form. What stands in none of these lists is no field. */
final class FieldLists {
    private static final String IN_A_MUTATION = "belongs into an entry of `mutations`, beside its `path`";
    private static final String IN_THE_PATCH =
            "belongs into `patch`, beside the texts, or into an entry of `mutations`";
    static final String OPTIONS = "send what it says at the top of the document, such as \"dry_run\": true";
    static final String DRY_RUN = "send \"dry_run\": true for a run without effect";
    private static final String COMMANDS = "commands go into `postMutationBuild`, {\"shell\": …} or a command_patch";
    private static final String ENVIRONMENT = "is for the command itself to say, as in `cd DIR && …` or `NAME=value …`";
    private static final String TIMEOUT =
            "send `timeout_s` at the top of the document, the seconds that each command may take, or `timeout 60 …`";

    private FieldLists() {}

    static List<FieldSpec> document() {
        return concat(List.of(
                Stream.of(
                        field(Effect.IDENTIFIES, "id"),
                        field(Effect.IDENTIFIES, "blockId"),
                        field(Effect.IDENTIFIES, "version"),
                        field(Effect.SWITCHES, "workspace"),
                        field(Effect.SWITCHES, "dry_run", "dryRun"),
                        field(Effect.SWITCHES, "mode"),
                        field(Effect.SWITCHES, "propose"),
                        acts(HashRule.TIMEOUT_FIELD),
                        acts("role"),
                        acts("target_file"),
                        acts("patch"),
                        acts("format"),
                        acts("base"),
                        acts("mutations"),
                        acts("postMutationBuild"),
                        acts("validate")),
                placing(),
                LaterFields.all().stream(),
                Stream.of(
                        refused(
                                DRY_RUN,
                                "preview",
                                "simulate",
                                "simulation",
                                "noop",
                                "no_op",
                                "check_only",
                                "checkOnly"),
                        refused(DRY_RUN, "validate_only", "validateOnly", "what_if", "whatIf", "pretend", "test_run"),
                        refused(
                                DRY_RUN,
                                "testRun",
                                "no_commit",
                                "noCommit",
                                "preview_only",
                                "previewOnly",
                                "plan_only"),
                        refused(OPTIONS, "options", "settings", "config"),
                        refused(OPTIONS, "params", "parameters", "args"),
                        refused(IN_A_MUTATION, "files", "file", "path", "file_path", "filePath", "filename"),
                        refused(IN_A_MUTATION, "op", "operation", "action", "delete", "remove"),
                        refused(
                                IN_THE_PATCH,
                                "changes",
                                "edits",
                                "replacements",
                                "old",
                                "new",
                                "pattern",
                                "replacement"),
                        refused(IN_THE_PATCH, "old_string", "new_string", "old_str", "new_str", "oldText", "newText"),
                        refused(IN_THE_PATCH, "search", "replace", "find", "diff", "hunks"),
                        refused(IN_THE_PATCH, "all", "replace_all", "replaceAll", "global", "flags", "regex"),
                        refused(IN_THE_PATCH, "occurrence", "occurrences", "count"),
                        refused("belongs into `patch`", "content", "contents", "text", "body", "code"),
                        refused(COMMANDS, "shell", "command", "commands", "script", "build", "postBuild"),
                        refused(ENVIRONMENT, "cwd", "workdir", "working_directory", "env"),
                        refused(TIMEOUT, "timeout"),
                        refused("`base` holds the SHA-256 of each file", "sha256", "base_sha256")),
                harmless("showInUI", "parseCheck", "onParseFail", "blockCommitOnError", "watchConsole", "onReloadHang"),
                harmless("execution", "branch", "phases", "phase", "final", "enforceValidationGate", "gates", "gate"),
                harmless("strictRuntimeAudit", "runDryCheck", "forceRuntimeTrace", "requireMutationProof"),
                harmless("requireServiceUptime", "preCommit", "target", "source", "test", "project", "git"),
                harmless("summaryFile", "priority", "autoExecute", "alertUserOnParseFail", "kind", "validation"),
                prose()));
    }

    static List<FieldSpec> mutation() {
        return concat(List.of(
                Stream.of(
                        acts("op", "type", "action", "operation", "command"),
                        acts(
                                "path",
                                "file",
                                "target",
                                "file_path",
                                "filePath",
                                "target_file",
                                "targetFile",
                                "filename",
                                "fileName",
                                "file_name",
                                "filepath"),
                        acts("contents", "content", "file_text", "fileText", "new_contents", "newContents"),
                        acts("text", "add", "insert_text", "insertText"),
                        acts("mode"),
                        acts("changes", "edits", "replacements"),
                        acts("delete"),
                        acts("shell")),
                pair(),
                placing(),
                Stream.of(
                        refused(
                                "is a sketch, from which no exact edit follows; send `changes` with `old` and `new` text,"
                                        + " or the whole `contents`",
                                "code_edit",
                                "codeEdit"),
                        refused(
                                "a diff is a document's `patch`, with `target_file` if it names no file",
                                "diff",
                                "patch",
                                "hunks",
                                "udiff"),
                        refused(
                                "send a diff with `rename from` and `rename to`, or *** Move to:",
                                "new_path",
                                "newPath",
                                "rename_to",
                                "destination")),
                prose()));
    }

    static List<FieldSpec> change() {
        return concat(
                List.of(Stream.of(acts("op", "type", "action", "operation", "command")), pair(), lines(), prose()));
    }

    static List<FieldSpec> commands() {
        return concat(List.of(
                Stream.of(
                        acts("shell"),
                        acts("commands"),
                        refused(ENVIRONMENT, "cwd", "workdir", "working_directory", "env", "environment"),
                        refused(TIMEOUT, "timeout", HashRule.TIMEOUT_FIELD)),
                harmless("gates", "gate"),
                prose()));
    }

    static List<FieldSpec> decision() {
        return List.of(acts("comment"), acts("about"), acts("change_set"), acts("including_hidden"));
    }

    /** An old text and what it becomes, and which of several places are meant. */
    private static Stream<FieldSpec> pair() {
        return Stream.of(
                acts(
                        "old",
                        "search",
                        "find",
                        "pattern",
                        "oldText",
                        "old_text",
                        "oldString",
                        "old_string",
                        "old_str",
                        "oldStr",
                        "old_content",
                        "oldContent",
                        "old_code",
                        "oldCode"),
                acts(
                        "new",
                        "replace",
                        "replacement",
                        "newText",
                        "new_text",
                        "newString",
                        "new_string",
                        "new_str",
                        "newStr",
                        "new_content",
                        "newContent",
                        "new_code",
                        "newCode"),
                acts("from", "before", "original"),
                acts("to", "after", "updated", "modified"),
                acts("regex", "is_regex", "isRegex", "use_regex", "useRegex"),
                acts("all", "replace_all", "replaceAll", "global"),
                acts("flags"),
                acts("occurrence"),
                acts(
                        "count",
                        "expected_replacements",
                        "expectedReplacements",
                        "expected_occurrences",
                        "expectedOccurrences"));
    }

    /** Where in a file a content goes, and as what it is sent. */
    private static Stream<FieldSpec> placing() {
        return Stream.concat(
                lines(),
                Stream.of(
                        acts("insert_line", "insertLine"),
                        acts("append"),
                        acts("prepend"),
                        acts("position"),
                        acts("insert_after", "insertAfter", "after"),
                        acts("insert_before", "insertBefore", "before"),
                        acts("encoding", "content_encoding", "contentEncoding"),
                        acts("overwrite")));
    }

    private static Stream<FieldSpec> lines() {
        return Stream.of(
                acts("start_line", "startLine", "line_start", "lineStart", "line"),
                acts("end_line", "endLine", "line_end", "lineEnd"),
                acts("lines", "line_range", "lineRange", "range"));
    }

    private static Stream<FieldSpec> prose() {
        return Stream.of(
                        harmless("description", "desc", "title", "summary", "explanation", "reason", "reasoning"),
                        harmless("rationale", "comment", "comments", "note", "notes", "message", "why", "purpose"),
                        harmless("author", "created", "created_at", "date", "timestamp", "tags", "labels", "label"),
                        harmless("metadata", "meta", "model", "agent", "language", "instructions", "name", "$schema"),
                        harmless("instruction", "thought", "justification", "details", "intent"))
                .flatMap(fields -> fields);
    }

    private static List<FieldSpec> concat(List<Stream<FieldSpec>> lists) {
        return lists.stream().flatMap(list -> list).toList();
    }
}
