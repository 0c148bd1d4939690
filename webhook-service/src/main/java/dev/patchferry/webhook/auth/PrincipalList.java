package dev.patchferry.webhook.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.patchferry.contract.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The principals of a file, in the order in which they were added. Its methods are the only changes there are. */
record PrincipalList(List<PrincipalEntry> principals) {
    static final PrincipalList EMPTY = new PrincipalList(List.of());

    private static final int MOST_PRINCIPALS = 1_000;
    /** A misspelt `workspaces` must not come to mean all of them. */
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(PrincipalList.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final ObjectWriter WRITER = Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT);

    PrincipalList {
        principals = List.copyOf(principals);
        if (principals.size() > MOST_PRINCIPALS) {
            throw new IllegalArgumentException("there are more than " + MOST_PRINCIPALS + " principals");
        }
        Set<Object> seen = new HashSet<>();
        for (PrincipalEntry entry : principals) {
            if (!seen.add(entry.name())) {
                throw new IllegalArgumentException("`" + entry.name() + "` is there twice");
            }
            if (!entry.tokens().stream().map(PrincipalEntry.Key::sha256).allMatch(seen::add)) {
                throw new IllegalArgumentException("a token of `" + entry.name() + "` is there twice");
            }
        }
    }

    /**
     * Reads what {@link #json} wrote, or a person.
     *
     * @throws IOException with what is wrong if it is anything else
     */
    static PrincipalList parse(byte[] json) throws IOException {
        try {
            return READER.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IOException(e.getOriginalMessage() + place(e), e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }

    byte[] json() {
        try {
            return WRITER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("principals can always be written", e);
        }
    }

    Optional<PrincipalEntry> named(String name) {
        return principals.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** With one more; a revoked one of the same name is replaced. Empty if the name is in use. */
    Optional<PrincipalList> with(PrincipalEntry entry) {
        Optional<PrincipalEntry> there = named(entry.name());
        if (there.isPresent() && !there.get().isRevoked()) {
            return Optional.empty();
        }
        List<PrincipalEntry> more = new ArrayList<>(principals);
        there.ifPresent(more::remove);
        more.add(entry);
        return Optional.of(new PrincipalList(more));
    }

    /** With that one revoked. Empty if there is none that could be. */
    Optional<PrincipalList> revoking(String name, Instant now) {
        return inUse(name).map(entry -> replacing(entry, entry.revoked(now)));
    }

    /** With another token for that one. Empty if there is none that could have one. */
    Optional<PrincipalList> rotating(String name, PrincipalEntry.Key fresh, Instant endOfOthers) {
        return inUse(name).map(entry -> replacing(entry, entry.rotated(fresh, endOfOthers)));
    }

    private Optional<PrincipalEntry> inUse(String name) {
        return named(name).filter(entry -> !entry.isRevoked());
    }

    private PrincipalList replacing(PrincipalEntry old, PrincipalEntry fresh) {
        return new PrincipalList(principals.stream()
                .map(entry -> entry.equals(old) ? fresh : entry)
                .toList());
    }
}
