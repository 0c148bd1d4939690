package dev.patchferry.system.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A patch whose effect can be recognised: it adds its label to the workspace's ledger and makes two files.
 *
 * @param id the patch's
 * @param label what it leaves; patches of one kind and label have the same content, whatever their ids
 * @param workspace the name of one of {@link Pair#WORKSPACES}
 */
record Job(String id, String label, String workspace, Kind kind) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a patch is made of, and how it ends if nobody interferes. */
    enum Kind {
        /** One command. */
        COMMAND("succeeded"),
        /** Files written by the engine, then a command. */
        MUTATIONS("succeeded"),
        /** A command that takes a while between its files. */
        SLOW("succeeded"),
        /** A command that fails after its work. */
        FAILING("failed"),
        /** Files written by the engine, then a build that fails. */
        FAILING_BUILD("failed"),
        /** All the work, for nothing. */
        DRY_RUN("previewed"),
        /** As {@code MUTATIONS}, once somebody has approved it. */
        PROPOSAL("succeeded"),
        /** Half of it is impossible. */
        IMPOSSIBLE("rejected"),
        /** A command that never ends. */
        ENDLESS("cancelled");

        private final String end;

        Kind(String end) {
            this.end = end;
        }

        String end() {
            return end;
        }
    }

    Job(String id, String workspace, Kind kind) {
        this(id, id, workspace, kind);
    }

    static String first(String label) {
        return "by-" + label + ".first";
    }

    static String second(String label) {
        return "by-" + label + ".second";
    }

    /** What is sent; the same each time. */
    String document() {
        ObjectNode document = JSON.createObjectNode().put("id", id).put("workspace", workspace);
        switch (kind) {
            case COMMAND -> command(document, all(" && "));
            case SLOW -> command(document, all(" && sleep 0.2 && "));
            case FAILING -> command(document, all(" && ") + "; exit 3");
            case ENDLESS -> command(document, all(" && ") + "; sleep 1000");
            case DRY_RUN -> command(document, all(" && ")).put("dry_run", true);
            case MUTATIONS -> mutations(document, second(label)).put("postMutationBuild", appending());
            case PROPOSAL ->
                mutations(document, second(label))
                        .put("postMutationBuild", appending())
                        .put("propose", true);
            case FAILING_BUILD -> mutations(document, second(label)).put("postMutationBuild", appending() + "; exit 3");
            case IMPOSSIBLE -> mutations(document, "../" + second(label)).put("postMutationBuild", appending());
        }
        return document.toString();
    }

    private static ObjectNode command(ObjectNode document, String command) {
        return document.put("role", "command_patch").put("target_file", "-").put("patch", command);
    }

    private ObjectNode mutations(ObjectNode document, String secondPath) {
        for (String path : List.of(first(label), secondPath)) {
            document.withArray("mutations").addObject().put("path", path).put("contents", label + "\n");
        }
        return document;
    }

    private String all(String between) {
        return String.join(
                between, "echo " + label + " > " + first(label), appending(), "echo " + label + " > " + second(label));
    }

    private String appending() {
        return "echo " + label + " >> " + Workspace.LEDGER;
    }
}
