package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.WorkspaceName;

/** A limit that the owner of a workspace may set. */
public enum Limit {
    STEP("step"),
    BUILD("build"),
    PATCH("patch"),
    MEMORY("memory"),
    PROCESSES("processes"),
    FILE("file"),
    CHANGE("change"),
    CHANGE_FILES("change-files"),
    OUTPUT("output"),
    HOME("home"),
    TMP("tmp");

    private final String word;

    Limit(String word) {
        this.word = word;
    }

    /** The name of its setting. */
    public String setting(WorkspaceName workspace) {
        return "ferry.workspaces." + workspace + ".limits." + word;
    }
}
