package dev.patchferry.runner.plan;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** One thing a plan does. */
public sealed interface Step permits Step.FileStep, Step.Run {
    /** A step that the engine does itself, without a command. */
    sealed interface FileStep extends Step permits Write, Delete, Move, Chmod, Edit {}

    /** One stable word: {@code write, delete, move, chmod, edit}, and for a command {@code patch, build, validate}. */
    String kind();

    /** What the step does, in one short line for a person. */
    String summary();

    /**
     * Gives a file exactly this content.
     *
     * @param mode permission bits; empty keeps those of the file, or the usual ones of a new file
     * @param mustBeNew whether an existing file fails the step
     */
    record Write(WorkspacePath path, Bytes content, OptionalInt mode, boolean mustBeNew) implements FileStep {
        public Write {
            mode.ifPresent(Permissions::check);
        }

        @Override
        public String kind() {
            return "write";
        }

        @Override
        public String summary() {
            String permissions = mode.isPresent() ? ", mode " + Permissions.octal(mode.getAsInt()) : "";
            return (mustBeNew ? "create " : "write ") + path + " (" + content.size() + " bytes" + permissions + ")";
        }
    }

    /** Removes a file. */
    record Delete(WorkspacePath path) implements FileStep {
        @Override
        public String kind() {
            return "delete";
        }

        @Override
        public String summary() {
            return "delete " + path;
        }
    }

    /** Gives a file another path. */
    record Move(WorkspacePath from, WorkspacePath to) implements FileStep {
        public Move {
            if (from.equals(to)) {
                throw new IllegalArgumentException("a file cannot move onto itself");
            }
        }

        @Override
        public String kind() {
            return "move";
        }

        @Override
        public String summary() {
            return "move " + from + " to " + to;
        }
    }

    /**
     * Gives a file these permissions.
     *
     * @param mode permission bits, 0 to 0777
     */
    record Chmod(WorkspacePath path, int mode) implements FileStep {
        public Chmod {
            Permissions.check(mode);
        }

        @Override
        public String kind() {
            return "chmod";
        }

        @Override
        public String summary() {
            return "set the mode of " + path + " to " + Permissions.octal(mode);
        }
    }

    /**
     * Replaces text in an existing file.
     *
     * @param hunks at least one, applied in order, each to what the one before it left
     */
    record Edit(WorkspacePath path, List<Replacement> hunks) implements FileStep {
        public Edit {
            hunks = List.copyOf(hunks);
            if (hunks.isEmpty()) {
                throw new IllegalArgumentException("an edit names at least one replacement");
            }
        }

        @Override
        public String kind() {
            return "edit";
        }

        @Override
        public String summary() {
            Replacement first = hunks.getFirst();
            String more = hunks.size() == 1 ? "" : " and " + (hunks.size() - 1) + " more";
            return "edit " + path + ": replace `" + Excerpt.of(first.pattern()) + "`" + more;
        }
    }

    /**
     * Runs a command through the shell, in a process of its own: nothing a command exports reaches the next one.
     *
     * @param command not blank, without NUL
     */
    record Run(String command, Kind purpose) implements Step {
        /** What the command is for. */
        public enum Kind {
            PATCH,
            BUILD,
            VALIDATE
        }

        public Run {
            if (command.isBlank() || command.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a command is not blank and holds no NUL");
            }
        }

        @Override
        public String kind() {
            return purpose.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String summary() {
            return "run `" + Excerpt.of(command) + "`";
        }
    }
}
