package dev.patchferry.runner.cli;

import dev.patchferry.engine.format.FormatContext;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code ferry plan FILE…}: what each document would do, or why it is rejected, as one line of JSON each. Runs nothing
 * and starts no service. It judges the document alone, for the workspace {@code default}: what depends on the files there
 * or on what a runner allows is for the runner to say.
 */
public final class PlanCommand {
    private static final int ALL_PLANNED = 0;
    private static final int SOME_REJECTED = 1;
    private static final int NOT_READ = 2;

    private static final String HELP = """
            Usage: ferry plan FILE...
            Prints what each document would do, or why it is rejected, as one line of JSON per file. Runs nothing.
            - reads a document from standard input. FERRY_WORKSPACE names the workspace (default: workspace).
            Exit status: 0 every document has a plan, 1 some are rejected, 2 wrong usage or a file cannot be read.
            """;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final FormatContext context;

    PlanCommand(InputStream in, PrintStream out, PrintStream err, Path workspace) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.context = new FormatContext(workspace.toString(), Optional.empty());
    }

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        Path workspace = Path.of(Optional.ofNullable(System.getenv("FERRY_WORKSPACE"))
                .filter(path -> !path.isBlank())
                .orElse("workspace"));
        PlanCommand command = new PlanCommand(
                new FileInputStream(FileDescriptor.in),
                DocumentFiles.utf8(FileDescriptor.out),
                DocumentFiles.utf8(FileDescriptor.err),
                DocumentFiles.withoutLinks(workspace));
        System.exit(command.run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(HELP);
            return ALL_PLANNED;
        }
        Optional<String> option = arguments.stream()
                .filter(argument -> argument.startsWith("-") && !argument.equals(DocumentFiles.STANDARD_INPUT))
                .findFirst();
        if (arguments.isEmpty() || option.isPresent()) {
            err.print(option.map(name -> "ferry plan: no such option: " + name + "\n")
                            .orElse("")
                    + HELP);
            return NOT_READ;
        }
        return arguments.stream().mapToInt(this::plan).reduce(ALL_PLANNED, Math::max);
    }

    private int plan(String file) {
        Optional<byte[]> document = new DocumentFiles("ferry plan", in, err).read(file);
        if (document.isEmpty()) {
            return NOT_READ;
        }
        PlanLine line = PlanLine.about(file, document.get(), context);
        out.println(line.json());
        out.flush();
        return line.isPlan() ? ALL_PLANNED : SOME_REJECTED;
    }
}
