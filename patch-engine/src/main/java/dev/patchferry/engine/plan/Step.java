package dev.patchferry.engine.plan;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** One thing a plan does. */
public sealed interface Step permits Step.FileStep, Step.Run {
    /** A step that the engine does itself, without a command. */
    sealed interface FileStep extends Step
            permits Write, Exchange, Delete, Move, Copy, Chmod, SetExecutable, Edit, EditOneOf {}

    /** One stable word: {@code write, delete, move, copy, chmod, edit}, and for a command {@code patch, build, validate}. */
    String kind();

    /** What the step does, in one short line for a person. */
    String summary();

    /**
     * Gives a file exactly this content.
     *
     * @param mode permission bits; empty keeps those of the file, or the usual ones of a new file
     * @param mustBeNew whether an existing file with other content fails the step
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

    /**
     * Gives a file other content, if it still has the content that the sender saw.
     *
     * @param before the object id that git gives the content now, in hex
     * @param after the object id that it gives the content afterwards
     */
    record Exchange(WorkspacePath path, BinaryChange change, String before, String after) implements FileStep {
        @Override
        public String kind() {
            return "write";
        }

        @Override
        public String summary() {
            return "replace the content of " + path;
        }
    }

    /**
     * Removes a file.
     *
     * @param content hunks that must leave nothing of it; none removes it whatever it holds
     */
    record Delete(WorkspacePath path, List<Hunk> content) implements FileStep {
        public Delete {
            content = List.copyOf(content);
        }

        /** Removes a file whatever it holds. */
        public Delete(WorkspacePath path) {
            this(path, List.of());
        }

        @Override
        public String kind() {
            return "delete";
        }

        @Override
        public String summary() {
            return "delete " + path;
        }
    }

    /**
     * Gives a file another path.
     *
     * @param overwrites whether a file that is there is replaced; else it fails the step
     */
    record Move(WorkspacePath from, WorkspacePath to, boolean overwrites) implements FileStep {
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

    /** Makes a file like another, mode included; one that is there already fails the step. */
    record Copy(WorkspacePath from, WorkspacePath to) implements FileStep {
        public Copy {
            if (from.equals(to)) {
                throw new IllegalArgumentException("a file cannot be copied onto itself");
            }
        }

        @Override
        public String kind() {
            return "copy";
        }

        @Override
        public String summary() {
            return "copy " + from + " to " + to;
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

    /** Lets those who may read a file execute it, or nobody; all else of its mode stays. */
    record SetExecutable(WorkspacePath path, boolean executable) implements FileStep {
        @Override
        public String kind() {
            return "chmod";
        }

        @Override
        public String summary() {
            return "make " + path + (executable ? " executable" : " not executable");
        }
    }

    /**
     * Changes the text of a file.
     *
     * @param hunks at least one
     * @param mayBeNew whether a file that is not there counts as empty
     */
    record Edit(WorkspacePath path, List<Hunk> hunks, boolean mayBeNew) implements FileStep {
        public Edit {
            hunks = List.copyOf(hunks);
            if (hunks.isEmpty()) {
                throw new IllegalArgumentException("an edit names at least one change");
            }
        }

        /** Changes the text of a file that is there. */
        public Edit(WorkspacePath path, List<? extends Hunk> hunks) {
            this(path, List.copyOf(hunks), false);
        }

        @Override
        public String kind() {
            return "edit";
        }

        @Override
        public String summary() {
            String more = hunks.size() == 1 ? "" : " and " + (hunks.size() - 1) + " more";
            return "edit " + path + ": " + hunks.getFirst().excerpt() + more;
        }
    }

    /**
     * Changes the text of a file that may be called otherwise. If both are there, the step fails.
     *
     * @param path the file
     * @param other the other name
     * @param otherServes whether the other file is changed if it is there and the first is not; else it fails the step
     * @param hunks at least one
     */
    record EditOneOf(WorkspacePath path, WorkspacePath other, boolean otherServes, List<Hunk> hunks)
            implements FileStep {
        public EditOneOf {
            hunks = List.copyOf(hunks);
            if (hunks.isEmpty() || path.equals(other)) {
                throw new IllegalArgumentException("an edit names at least one change and two different files");
            }
        }

        @Override
        public String kind() {
            return "edit";
        }

        @Override
        public String summary() {
            return new Edit(path, hunks).summary() + (otherServes ? ", or else " + other : "");
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
