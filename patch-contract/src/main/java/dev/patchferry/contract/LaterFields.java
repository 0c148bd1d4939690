package dev.patchferry.contract;

import static dev.patchferry.contract.FieldSpec.refused;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fields of a document that ask for something and were ignored until the third rule for content hashes; refused since.
 */
final class LaterFields {
    private static final String WHERE =
            "is not supported; say where a content goes with `append`, `insert_after` or `start_line`, or send it whole";
    private static final String CONTEXT = "is not supported; send the text around it as a part of the old text";
    private static final String NEW_FILES = "send \"overwrite\": false for a file that must not exist";
    private static final String PERMISSIONS = "send an entry of `mutations` with `path` and `mode`";
    private static final String AS_IT_STANDS = "is not supported; a patch is applied as it stands";
    private static final String ENVIRONMENT =
            "is for the command itself to say, as in `cd DIR && …` or by `#!` in front";

    private static final List<FieldSpec> SPECS = List.of(
            refused(FieldLists.DRY_RUN, "test_only", "testOnly"),
            refused(WHERE, "write_mode", "writeMode", "update_mode", "updateMode", "edit_mode", "editMode", "merge"),
            refused(WHERE, "partial", "anchor"),
            refused(CONTEXT, "context_before", "contextBefore", "context_after", "contextAfter"),
            refused(NEW_FILES, "create_only", "createOnly", "if_exists", "ifExists", "exist_ok", "existOk"),
            refused(NEW_FILES, "if_not_exists", "ifNotExists"),
            refused(PERMISSIONS, "executable", "permissions", "chmod", "file_mode", "fileMode"),
            refused(AS_IT_STANDS, "reverse", "fuzz", "strip", "ignore_whitespace", "ignoreWhitespace", "ignore_case"),
            refused(AS_IT_STANDS, "ignoreCase", "case_insensitive", "nth", "limit", "max_replacements"),
            refused(AS_IT_STANDS, "new_path", "newPath", "rename_to", "renameTo"),
            refused(ENVIRONMENT, "interpreter", "base_dir", "baseDir", "run_as", "runAs"));

    private static final Set<String> NAMES =
            SPECS.stream().flatMap(FieldSpec::names).collect(Collectors.toUnmodifiableSet());

    private LaterFields() {}

    static List<FieldSpec> all() {
        return SPECS;
    }

    static boolean isOne(String field) {
        return NAMES.contains(field);
    }
}
