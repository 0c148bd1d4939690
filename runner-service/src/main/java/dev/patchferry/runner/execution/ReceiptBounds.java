package dev.patchferry.runner.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts a receipt to a size that a model can read. Text is measured as it will stand in JSON, where a control character
 * takes six characters; the parts together stay well under 90,000.
 */
public final class ReceiptBounds {
    static final int STEPS = 14_000;
    static final int FILES = 18_000;
    static final int IGNORED = 5_000;
    static final int DIFF = 18_000;
    static final int LOG_TAIL = 9_000;
    public static final int REASON = 3_000;
    static final int HIDDEN = 6_000;

    private static final int PER_ENTRY = 160;

    private ReceiptBounds() {}

    /** As many items from the front as fit. */
    static <T> List<T> front(List<T> items, int budget, Function<T, String> text) {
        List<T> kept = new ArrayList<>();
        int cost = 0;
        for (T item : items) {
            cost += cost(text.apply(item)) + PER_ENTRY;
            if (cost > budget) {
                break;
            }
            kept.add(item);
        }
        return kept;
    }

    /** As much of the beginning as fits. */
    public static String head(String text, int budget) {
        int cost = 0;
        for (int i = 0; i < text.length(); i++) {
            cost += cost(text.charAt(i));
            if (cost > budget) {
                return text.substring(0, i > 0 && Character.isHighSurrogate(text.charAt(i - 1)) ? i - 1 : i);
            }
        }
        return text;
    }

    /** As much of the end as fits. */
    static String tail(String text, int budget) {
        int cost = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            cost += cost(text.charAt(i));
            if (cost > budget) {
                return text.substring(Character.isLowSurrogate(text.charAt(i + 1)) ? i + 2 : i + 1);
            }
        }
        return text;
    }

    private static int cost(String text) {
        return text.chars().map(c -> cost((char) c)).sum();
    }

    private static int cost(char c) {
        return switch (c) {
            case '"', '\\', '\n', '\r', '\t' -> 2;
            default -> c < ' ' ? 6 : 1;
        };
    }
}
