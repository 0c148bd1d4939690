package dev.patchferry.engine.format.searchreplace;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.PatchReading;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The door of this package. */
public final class SearchReplace {
    private static final int LONGEST_NAME = 500;

    private final PatchLines lines;
    private final FileName names;
    private final Map<WorkspacePath, List<Hunk>> hunks = new LinkedHashMap<>();
    private final Map<String, WorkspacePath> paths = new HashMap<>();
    private final Set<WorkspacePath> made = new LinkedHashSet<>();
    private int blocks;
    private int idle;

    private SearchReplace(PatchLines lines, Optional<String> targetFile) {
        this.lines = lines;
        this.names = new FileName(targetFile);
    }

    /** Whether a block begins with this line. */
    public static boolean opens(String line) {
        return Block.opens(line);
    }

    /** Whether a line above a block names its file and says nothing else. */
    public static boolean names(String line) {
        return line.length() <= LONGEST_NAME && NameLine.read(line, false).isPresent();
    }

    /**
     * Reads a text.
     *
     * @param workspaceRoot the absolute path of the workspace, as commands in it see it
     * @param targetFile the file of blocks that name none
     * @return never an exception, whatever the text
     */
    public static PatchReading read(String text, String workspaceRoot, Optional<String> targetFile) {
        return read(new PatchLines(text, workspaceRoot), targetFile);
    }

    /** Reads these lines, none of which has been read. */
    public static PatchReading read(PatchLines lines, Optional<String> targetFile) {
        SearchReplace patch = new SearchReplace(lines, targetFile);
        try {
            patch.read();
        } catch (Fault fault) {
            return fault.reading();
        }
        return patch.reading();
    }

    private void read() {
        while (!lines.atEnd()) {
            if (Block.opens(lines.peek())) {
                readBlock();
            } else {
                int number = lines.number();
                names.pass(lines.pass(), number);
            }
        }
    }

    private void readBlock() {
        int number = lines.number();
        Block block = Block.read(lines);
        WorkspacePath path = paths.computeIfAbsent(
                names.forBlockAt(number, block.makesAFile()), said -> lines.unquotedPath(said, number));
        blocks++;
        String name = "block " + blocks + " (line " + number + " of the patch)";
        if (block.makesAFile()) {
            made.add(path);
        }
        block.hunk(name)
                .ifPresentOrElse(
                        hunk -> hunks.computeIfAbsent(path, _ -> new ArrayList<>())
                                .add(hunk),
                        () -> idle++);
    }

    private PatchReading reading() {
        if (blocks == 0) {
            return new PatchReading.Unusable(0, "there is no line <<<<<<< SEARCH");
        }
        if (hunks.isEmpty()) {
            return new PatchReading.Unusable(0, "every block replaces a text with itself; nothing would change");
        }
        List<Step> steps = hunks.entrySet().stream()
                .<Step>map(entry -> new Step.Edit(entry.getKey(), entry.getValue(), made.contains(entry.getKey())))
                .toList();
        return new PatchReading.Steps(
                steps, idle == 0 ? List.of() : List.of(idle + " blocks that replace a text with itself"));
    }
}
