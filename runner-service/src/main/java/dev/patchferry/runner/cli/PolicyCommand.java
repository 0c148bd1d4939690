package dev.patchferry.runner.cli;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.bootstrap.RunnerConfig;
import dev.patchferry.runner.bootstrap.SettingsFile;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ferry policy check FILE…}: which rule of its workspace's policy decides about each document, and why, as one line
 * of JSON each. Runs nothing and starts no service; reads the same settings as the runner.
 */
public final class PolicyCommand {
    private static final int ALL_ANSWERED = 0;
    private static final int SOME_IMPOSSIBLE = 1;
    private static final int NOT_READ = 2;

    private static final String NAME = "ferry policy check";
    private static final String HELP = """
            Usage: ferry policy check [--principal NAME] [--roles ROLE,...] [--workspace NAME] FILE...
            Prints which rule decides about each document, and why, as one line of JSON per file. Runs nothing.
            - reads a document from standard input. The sender is `submit` with the role submit if nothing else is said;
            the workspace is the document's own.
            Exit status: 0 every document has an answer, 1 some cannot be executed at all, 2 wrong usage, settings that mean
            nothing, or a file cannot be read.
            """;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Path home;
    private final Map<String, String> environment;

    PolicyCommand(InputStream in, PrintStream out, PrintStream err, Path home, Map<String, String> environment) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.home = home;
        this.environment = environment;
    }

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        Path home = Path.of(Optional.ofNullable(System.getenv("FERRY_HOME"))
                .filter(path -> !path.isBlank())
                .orElse(".ferry"));
        PolicyCommand command = new PolicyCommand(
                new FileInputStream(FileDescriptor.in),
                DocumentFiles.utf8(FileDescriptor.out),
                DocumentFiles.utf8(FileDescriptor.err),
                DocumentFiles.withoutLinks(home),
                System.getenv());
        System.exit(command.run(List.of(arguments)));
    }

    /** What was asked for. */
    private record Question(Sender sender, Optional<WorkspaceName> workspace, List<String> files) {}

    int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(HELP);
            out.flush();
            return ALL_ANSWERED;
        }
        try {
            Question question = question(arguments);
            RunnerConfig config = SettingsFile.read(home, environment);
            question.workspace()
                    .flatMap(name -> PolicyLine.unknown(config, name))
                    .ifPresent(reason -> {
                        throw new IllegalArgumentException("--workspace: " + reason);
                    });
            PolicyLine line = PolicyLine.of(config, home, question.sender(), question.workspace());
            return question.files().stream().mapToInt(file -> check(file, line)).reduce(ALL_ANSWERED, Math::max);
        } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
            err.println(NAME + ": " + e.getMessage());
            err.flush();
            return NOT_READ;
        }
    }

    private int check(String file, PolicyLine line) {
        Optional<byte[]> document = new DocumentFiles(NAME, in, err).read(file);
        if (document.isEmpty()) {
            err.flush();
            return NOT_READ;
        }
        PolicyLine.Answer answer = line.about(file, document.get());
        out.println(answer.json());
        out.flush();
        return answer.isPossible() ? ALL_ANSWERED : SOME_IMPOSSIBLE;
    }

    private static Question question(List<String> arguments) {
        String principal = "submit";
        List<String> roles = List.of("submit");
        Optional<WorkspaceName> workspace = Optional.empty();
        List<String> files = new ArrayList<>();
        for (Iterator<String> each = arguments.iterator(); each.hasNext(); ) {
            String argument = each.next();
            switch (argument) {
                case "--principal" -> principal = value(argument, each);
                case "--roles" -> roles = List.of(value(argument, each).split(","));
                case "--workspace" -> workspace = Optional.of(workspace(value(argument, each)));
                default -> files.add(file(argument));
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("needs at least one FILE\n" + HELP);
        }
        return new Question(new Sender(principal, roles), workspace, files);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value\n" + HELP);
        }
        return rest.next();
    }

    private static WorkspaceName workspace(String name) {
        if (!WorkspaceName.isValid(name)) {
            throw new IllegalArgumentException("no workspace can have the name " + name);
        }
        return new WorkspaceName(name);
    }

    private static String file(String argument) {
        if (argument.startsWith("-") && !argument.equals(DocumentFiles.STANDARD_INPUT)) {
            throw new IllegalArgumentException("no such option: " + argument + "\n" + HELP);
        }
        return argument;
    }
}
