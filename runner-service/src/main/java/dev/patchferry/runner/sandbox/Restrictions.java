package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Restriction;
import dev.patchferry.runner.process.ThreadIsolation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the kernel of this machine adds to bubblewrap, found out once: what works is required of every sandbox from then on, and
 * what does not is said in every receipt.
 */
record Restrictions(ThreadIsolation.Result keyring, ThreadIsolation.Result sockets) {
    static Restrictions probe() {
        return new Restrictions(Restriction.OWN_KEYRING.probe(), Restriction.OWN_SOCKETS.probe());
    }

    /** For a sandbox with, or without, the machine's network: without, its network namespace has no sockets but its own. */
    Set<Restriction> of(boolean hostNetwork) {
        Set<Restriction> all = EnumSet.noneOf(Restriction.class);
        if (holds(keyring)) {
            all.add(Restriction.OWN_KEYRING);
        }
        if (hostNetwork && holds(sockets)) {
            all.add(Restriction.OWN_SOCKETS);
        }
        return all;
    }

    /** The same for a receipt. */
    List<String> describe(boolean hostNetwork) {
        List<String> words = new ArrayList<>();
        words.add("session_keyring=" + describe(keyring, "the machine's"));
        if (hostNetwork) {
            words.add("abstract_sockets=" + describe(sockets, "the machine's"));
        }
        return words;
    }

    private static String describe(ThreadIsolation.Result result, String otherwise) {
        return switch (result) {
            case ThreadIsolation.Result.InForce() -> "own";
            case ThreadIsolation.Result.NotInForce(String reason) -> otherwise + " (" + reason + ")";
        };
    }

    private static boolean holds(ThreadIsolation.Result result) {
        return result instanceof ThreadIsolation.Result.InForce;
    }
}
