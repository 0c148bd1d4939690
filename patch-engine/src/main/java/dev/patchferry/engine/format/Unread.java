package dev.patchferry.engine.format;

import dev.patchferry.contract.FieldForm;
import dev.patchferry.contract.FieldSpec;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts for the fields of an object that no reader took: what cannot matter is ignored by name, everything else
 * refused.
 *
 * @param form what the object is
 */
record Unread(FieldForm form, PlanBuilder draft) {

    /** Fields that ask for something by {@code false}: that a file must not exist. */
    private static final Set<String> DENYING = Set.of("overwrite", "exist_ok", "existOk");

    /**
     * Looks at every field but those that were read.
     *
     * @param hint for a field that would act elsewhere: why it does not here
     */
    void check(JsonField object, Collection<String> read, String hint) {
        object.fields().stream().filter(field -> !read.contains(field.key())).forEach(field -> check(field, hint));
    }

    private void check(JsonField field, String hint) {
        FieldSpec.Effect effect = form.effectOf(field.key());
        if (!FieldForm.asksForSomething(field.value()) && !deniesTheUnknown(field, effect)) {
            draft.ignore(field);
            return;
        }
        switch (effect) {
            // What a document is called and how it runs is read elsewhere, or says nothing out of the ordinary.
            case HARMLESS, IDENTIFIES, SWITCHES -> draft.ignore(field);
            case REFUSED -> draft.reject(field, refusal(field.key()));
            case ACTS -> draft.reject(field, hint);
        }
    }

    /** {@code false} says no to something, and nobody here knows to what: {@code "exist_ok": false}. */
    private boolean deniesTheUnknown(JsonField field, FieldSpec.Effect effect) {
        boolean unknown =
                effect == FieldSpec.Effect.REFUSED && form.find(field.key()).isEmpty();
        return field.value().isBoolean() && (unknown || DENYING.contains(field.key()));
    }

    private String refusal(String key) {
        Optional<String> hint = form.find(key).map(FieldSpec::hint).filter(text -> !text.isEmpty());
        Optional<String> nearest = form.nearest(key);
        if (hint.isPresent()) {
            return hint.get();
        }
        return nearest.map(name -> "is no field of " + form.inWords() + "; did you mean `" + name + "`?")
                .orElseGet(
                        () -> "is no field of " + form.inWords() + ", and what it asks for would be left out; send it"
                                + " without the field, or in another form");
    }
}
