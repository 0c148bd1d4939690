package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.ReadLease;
import dev.patchferry.runner.workspace.fs.WritingProcesses;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure for one commit that no program has a file open for writing that the commit takes from its place: the program
 * would go on writing into what is kept for an undo, and lose it. Used by one thread.
 */
final class OpenFiles {
    /** How many leases of one removed folder are held at once; each takes a descriptor. What is beyond was looked at before. */
    private static final int MAX_HELD = 512;

    private final Set<String> unchecked = new LinkedHashSet<>();
    private @Nullable WritingProcesses processes;

    /** What is held while it is moved. */
    static final class Held implements AutoCloseable {
        private final List<ReadLease> leases = new ArrayList<>();
        private final String path;

        private Held(String path) {
            this.path = path;
        }

        /**
         * For after the move: whoever waits to open what was moved is still kept from it, and so the move can be reversed.
         *
         * @throws OpenForWriting if somebody waits
         */
        void requireUnbroken() throws IOException {
            for (ReadLease lease : leases) {
                if (!lease.isUnbroken()) {
                    throw new OpenForWriting(path, "a program that opened it during the commit");
                }
            }
        }

        @Override
        public void close() {
            leases.forEach(ReadLease::close);
        }
    }

    /**
     * Looks at what is to be taken away, before anything is moved.
     *
     * @throws OpenForWriting if a program has it, or something in it, open for writing
     */
    void requireClosed(EntryLocation place, String path) throws IOException {
        lookAt(place, path, null);
    }

    /** Holds what is about to be moved, so that nobody opens it for writing meanwhile; to be closed. */
    Held hold(EntryLocation place, String path) throws IOException {
        Held held = new Held(path);
        try {
            lookAt(place, path, held);
            return held;
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /** What could not be looked at: other users' files, while there are processes that this one cannot see into. */
    List<String> unchecked() {
        return List.copyOf(unchecked);
    }

    private void lookAt(EntryLocation place, String path, @Nullable Held held) throws IOException {
        if (!place.stat().isAbsent()) {
            lookAt(place.parent(), place.name(), path, held);
        }
    }

    private void lookAt(DirectoryHandle parent, EntryName name, String path, @Nullable Held held) throws IOException {
        try (EntryHandle entry = parent.entry(name)) {
            if (entry.kind().isFile()) {
                lease(entry, path, held);
            } else if (entry.kind().isDirectory()) {
                DirectoryHandle folder = entry.asDirectory();
                folder.requireReachable();
                for (EntryName inner : listOrNote(folder, path)) {
                    lookAt(folder, inner, path + "/" + inner, held);
                }
            }
        }
    }

    private List<EntryName> listOrNote(DirectoryHandle folder, String path) throws IOException {
        try {
            return folder.list();
        } catch (AccessDeniedException e) {
            unchecked.add(path + "/");
            return List.of();
        }
    }

    private void lease(EntryHandle file, String path, @Nullable Held held) throws IOException {
        switch (ReadLease.on(file)) {
            case ReadLease.Answer.Granted(ReadLease lease) -> keep(lease, held);
            case ReadLease.Answer.InUse() -> keep(askAgain(file, path), held);
            case ReadLease.Answer.Unavailable() -> lookForWriter(file, path);
        }
    }

    private static void keep(ReadLease lease, @Nullable Held held) {
        if (held != null && held.leases.size() < MAX_HELD) {
            held.leases.add(lease);
        } else {
            lease.close();
        }
    }

    /** A process that was just forked has what its parent had open until it executes its program, and is not found then. */
    private static ReadLease askAgain(EntryHandle file, String path) throws IOException {
        Optional<String> writer = WritingProcesses.now().describe(file.kind());
        if (writer.isEmpty() && ReadLease.on(file) instanceof ReadLease.Answer.Granted(ReadLease lease)) {
            return lease;
        }
        throw new OpenForWriting(path, writer.orElse("a process that the runner cannot see"));
    }

    private void lookForWriter(EntryHandle file, String path) throws IOException {
        WritingProcesses seen = processes == null ? WritingProcesses.now() : processes;
        processes = seen;
        var writer = seen.describe(file.kind());
        if (writer.isPresent()) {
            throw new OpenForWriting(path, writer.get());
        }
        if (!seen.complete()) {
            unchecked.add(path);
        }
    }
}
