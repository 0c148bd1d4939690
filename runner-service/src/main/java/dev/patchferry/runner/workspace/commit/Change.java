package dev.patchferry.runner.workspace.commit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.patchferry.contract.Json;
import java.util.List;

/**
 * One step of bringing the upper layer into the workspace. A list of changes is in the order in which they are applied:
 * a folder before what is in it. Recorded in the journal before the first is applied, and recognisable afterwards:
 * whether a change was already applied can be told from the file system.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Remove.class, name = "remove"),
    @JsonSubTypes.Type(value = Change.Replace.class, name = "replace"),
    @JsonSubTypes.Type(value = Change.Create.class, name = "create"),
    @JsonSubTypes.Type(value = Change.SetMode.class, name = "mode")
})
public sealed interface Change {
    /** The path that is touched, relative to the workspace. */
    String path();

    /** The folder it is in; empty for the workspace itself. */
    default String parent() {
        int slash = path().lastIndexOf('/');
        return slash < 0 ? "" : path().substring(0, slash);
    }

    /** What it is called there. */
    default String name() {
        return path().substring(path().lastIndexOf('/') + 1);
    }

    /** A list as the journal keeps it. Each by itself: as members of a list they would lose their names. */
    static JsonNode toJson(List<Change> changes) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        changes.forEach(change -> json.add(Json.MAPPER.<JsonNode>valueToTree(change)));
        return json;
    }

    /** The list that {@link #toJson} was given. */
    static List<Change> fromJson(JsonNode json) {
        return Json.MAPPER.convertValue(json, new TypeReference<>() {});
    }

    /** Takes away whatever stands there: a file, a link or a whole folder. */
    record Remove(String path) implements Change {}

    /**
     * Swaps a file or link with the new one from the upper layer.
     *
     * @param inode of the new one, by which a swap that was already made is recognised
     */
    record Replace(String path, long inode) implements Change {}

    /** Moves a file, a link or a whole folder from the upper layer to a name that is free. */
    record Create(String path) implements Change {}

    /**
     * Gives a folder that stays other permissions.
     *
     * @param before the permissions it had
     */
    record SetMode(String path, int mode, int before) implements Change {}
}
