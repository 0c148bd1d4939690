package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.contract.PatchFormat;
import dev.patchferry.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads commands wherever a document may hold them: a text is one command, a list one after the other, an object has
 * them under {@code shell} or {@code commands}.
 */
record Commands(PlanBuilder draft, Phase phase, Step.Run.Kind purpose, String form, String detectedBy) {
    /** A program's argument may have 128 KiB on Linux; the shell gets the command as one. */
    private static final int LONGEST = 100_000;

    private static final List<String> LISTS = List.of("shell", "commands");

    void read(JsonField at) {
        if (at.value().isContainerNode() && at.value().isEmpty()) {
            draft.ignore(at);
            return;
        }
        switch (at.value().getNodeType()) {
            case STRING -> readText(at, at.value().textValue());
            case ARRAY -> at.elements().forEach(this::read);
            case OBJECT -> readObject(at);
            case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO ->
                draft.malformed(at, "must be a command, or a list of commands");
        }
    }

    private void readText(JsonField at, String sent) {
        String command = LineEnds.normalised(sent);
        if (command.isBlank()) {
            draft.ignore(at);
        } else if (command.indexOf('\0') >= 0) {
            draft.reject(at, "a command must not hold a NUL character");
        } else if (command.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            draft.reject(
                    at,
                    "is longer than the " + LONGEST + " bytes that a command may have; write a script with `mutations`"
                            + " and run that");
        } else if (holdsAPatch(command).isPresent()) {
            draft.reject(
                    at,
                    holdsAPatch(command).get().inWords() + ", which is no command; send it as `patch` of a document, or"
                            + " in a here-document");
        } else {
            if (!command.equals(sent)) {
                draft.ignore((at.pointer().isEmpty() ? "the command" : "`" + at.pointer() + "`")
                        + ": the carriage returns at its line ends, each of which was CRLF");
            }
            draft.add(phase, new Step.Run(command, purpose), form, detectedBy);
        }
    }

    /** A patch among the commands; of a {@code patch} that is a command, its form has told. */
    private Optional<EmbeddedPatch> holdsAPatch(String command) {
        return form.equals(PatchFormat.SHELL.wireName()) ? Optional.empty() : EmbeddedPatch.inCommand(command);
    }

    private void readObject(JsonField at) {
        if (LISTS.stream().noneMatch(at::has)) {
            draft.reject(at, "has no `shell` and no `commands`; send a list of commands");
            return;
        }
        LISTS.stream().map(at::child).filter(JsonField::isPresent).forEach(this::read);
        new Unread(FieldForm.COMMANDS, draft).check(at, LISTS, "holds no command");
    }
}
