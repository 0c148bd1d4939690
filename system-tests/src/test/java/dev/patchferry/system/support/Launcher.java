package dev.patchferry.system.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./ferry} of a checkout in an environment, invoked from a folder that has nothing to do with it. Immutable.
 *
 * @param prefix a program in front, which starts it, with its arguments; may be empty
 */
public record Launcher(Checkout checkout, Environment environment, List<String> prefix) {

    public Launcher {
        prefix = List.copyOf(prefix);
    }

    public Launcher with(String variable, Object value) {
        return new Launcher(checkout, environment.with(variable, value), prefix);
    }

    public Launcher without(String variable) {
        return new Launcher(checkout, environment.without(variable), prefix);
    }

    public Launcher through(String... program) {
        return new Launcher(checkout, environment, List.of(program));
    }

    /** As another user, given as a number, without any privilege. Needs root. */
    public Launcher as(int user) {
        return through(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--inh-caps=-all",
                "--bounding-set=-all");
    }

    public Command.Result run(String... arguments) throws IOException {
        return command(arguments).run();
    }

    public RunningCommand start(String... arguments) throws IOException {
        return command(arguments).start();
    }

    private Command command(String... arguments) {
        // The tests may have been started in the background, deaf to INT, and a shell cannot undo that.
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        line.addAll(prefix);
        line.add(checkout.ferry());
        line.addAll(List.of(arguments));
        return new Command(line, environment, Path.of("/"));
    }
}
