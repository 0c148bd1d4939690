package dev.patchferry.webhook.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.webhook.auth.Roles;
import jakarta.inject.Singleton;
import java.util.Set;

/** {@code write_files}. */
@Singleton
class WriteFilesTool implements Tool {
    private static final Spec SPEC = new Spec(
            130,
            "write_files",
            "Write files",
            "Creates files in a workspace, or replaces their whole content; folders are made as needed. All are written or"
                    + " none. To change a part of a file use edit_files.",
            new Hints(false, true, true, false),
            PatchSender.withCommon(Schema.object()
                            .list(
                                    "files",
                                    Schema.object()
                                            .text("path", "the file, relative to the workspace's root")
                                            .text("content", "all of its content")
                                            .text("encoding", "base64, if the content is; else utf-8")
                                            .text("mode", "permissions in octal, such as 0755")
                                            .require("path", "content"),
                                    "the files"))
                    .require("files"),
            PatchReports.SCHEMA);

    private final PatchSender sender;

    WriteFilesTool(PatchSender sender) {
        this.sender = sender;
    }

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.SUBMIT);
    }

    @Override
    public ToolResult call(McpCall call) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode mutations = document.putArray("mutations");
        for (JsonNode file : call.arguments().get("files")) {
            ObjectNode mutation = mutations.addObject();
            mutation.set("path", file.get("path"));
            mutation.set("contents", file.get("content"));
            file.optional("encoding").ifPresent(encoding -> mutation.set("encoding", encoding));
            file.optional("mode").ifPresent(mode -> mutation.set("mode", mode));
        }
        return sender.send(call, document);
    }
}
