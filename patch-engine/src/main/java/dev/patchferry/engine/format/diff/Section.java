package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a diff does to one file.
 *
 * @param path the file as it is called afterwards, or was called if it is deleted
 * @param moved where the file came from, if it is moved
 * @param copied which file it began as a copy of
 * @param makes whether there must be no such file before
 * @param deletes whether there is none afterwards
 * @param steps what is to be done, once the file is where it belongs
 * @param notes what nobody acts on
 */
record Section(
        WorkspacePath path,
        Optional<WorkspacePath> moved,
        Optional<WorkspacePath> copied,
        boolean makes,
        boolean deletes,
        List<Step> steps,
        List<String> notes) {
    Section {
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** The path that must be free. */
    Optional<WorkspacePath> takes() {
        return makes || moved.isPresent() || copied.isPresent() ? Optional.of(path) : Optional.empty();
    }

    /** The path that it leaves free. */
    Optional<WorkspacePath> frees() {
        return deletes ? Optional.of(path) : moved;
    }

    /** The paths at which there is another file, or none, once this is done. */
    Stream<WorkspacePath> changed() {
        return Stream.concat(moved.stream(), takes().isEmpty() ? Stream.of(path) : Stream.empty());
    }
}
