package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Placement;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads a content and the fields that say where in a file it goes, as what it is sent, and whether a file that is there
 * is replaced.
 *
 * @param fields the object that holds those fields
 */
record FileContent(JsonField fields, Verb verb, PlanBuilder draft) {
    private static final List<String> ENCODINGS = FieldForm.MUTATION.spellings("encoding");
    private static final String OVERWRITE = "overwrite";
    private static final Set<String> AS_IT_IS = Set.of("utf-8", "utf8", "utf_8", "text", "plain", "none", "");

    /** Every field that may say so. */
    static Set<String> names() {
        Set<String> names = new HashSet<>(Placing.names());
        names.addAll(ENCODINGS);
        names.add(OVERWRITE);
        return names;
    }

    /** The step that brings the content in; empty if it makes no sense, and then the draft is rejected. */
    Optional<Step> step(WorkspacePath path, JsonField contents, OptionalInt mode) {
        Optional<String> text = contents.text();
        if (text.isEmpty()) {
            draft.reject(
                    contents,
                    contents.isPresent() ? "must be the file's whole content, as a string" : "is missing: the text");
            return Optional.empty();
        }
        Placing placing = new Placing(fields, verb, draft);
        return placing.isAsked() ? placed(placing, path, text.get()) : written(path, text.get(), contents, mode);
    }

    private Optional<Step> placed(Placing placing, WorkspacePath path, String text) {
        for (String name : names()) {
            if (!Placing.names().contains(name) && fields.has(name) && !isPlain(fields.child(name))) {
                draft.reject(fields.child(name), "is about a whole file; here lines are put into one");
                return Optional.empty();
            }
        }
        return placing.spot(path).flatMap(spot -> {
            if (text.isEmpty() && !(spot instanceof Placement.Lines)) {
                draft.reject(fields, "has no text to put " + spot.inWords());
                return Optional.empty();
            }
            boolean mayBeNew = spot instanceof Placement.Edge;
            return Optional.of(new Step.Edit(path, List.of(new Placement(spot, text)), mayBeNew));
        });
    }

    private boolean isPlain(JsonField at) {
        return at.key().equals(OVERWRITE)
                ? at.value().isBoolean()
                : encoding(at).filter(AS_IT_IS::contains).isPresent();
    }

    private Optional<Step> written(WorkspacePath path, String text, JsonField contents, OptionalInt mode) {
        JsonField overwrite = fields.child(OVERWRITE);
        if (overwrite.isPresent() && !overwrite.value().isBoolean()) {
            draft.reject(overwrite, "must be true or false");
            return Optional.empty();
        }
        boolean mustBeNew = overwrite.isPresent() ? !overwrite.value().booleanValue() : verb == Verb.CREATE;
        return bytes(text, contents).map(bytes -> new Step.Write(path, bytes, mode, mustBeNew));
    }

    private Optional<Bytes> bytes(String text, JsonField contents) {
        JsonField at = fields.firstOf(ENCODINGS);
        String encoding = at.isPresent() ? encoding(at).orElse("?") : "";
        if (AS_IT_IS.contains(encoding)) {
            return Optional.of(Bytes.utf8(text));
        }
        if (!encoding.equals("base64")) {
            draft.reject(at, "must be utf-8 or base64");
            return Optional.empty();
        }
        try {
            return Optional.of(Bytes.of(Base64.getMimeDecoder().decode(strict(text))));
        } catch (IllegalArgumentException e) {
            draft.reject(contents, "is not base64, as `" + at.key() + "` says: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A decoder for mail leaves out every character that is none of its own; nothing is left out here but breaks. */
    private static String strict(String text) {
        if (!text.matches("[A-Za-z0-9+/=\\s]*+")) {
            throw new IllegalArgumentException("it holds other characters");
        }
        return text;
    }

    private static Optional<String> encoding(JsonField at) {
        return at.text().map(text -> text.strip().toLowerCase(Locale.ROOT));
    }
}
