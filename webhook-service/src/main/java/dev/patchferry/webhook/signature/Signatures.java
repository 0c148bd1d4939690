package dev.patchferry.webhook.signature;

import java.time.Clock;
import java.util.List;

/** Every kind of signature that a request may carry. */
public final class Signatures {
    /** Every principal that signs. */
    public static final List<String> PRINCIPALS = List.of(StandardWebhooks.PRINCIPAL, Github.PRINCIPAL);

    private final StandardWebhooks webhooks;
    private final Github github;

    /**
     * @param webhookSecrets {@code whsec_…}, several with blanks, commas or line ends between them; empty for none
     * @param githubSecrets one a line; empty for none
     * @throws IllegalArgumentException if one of them is none
     */
    public Signatures(String webhookSecrets, String githubSecrets, Clock clock) {
        this.webhooks = new StandardWebhooks(webhookSecrets, clock);
        this.github = new Github(githubSecrets);
    }

    /** What the headers claim. Two kinds at once are none: who is meant could not be told. */
    public Reading read(Headers headers) {
        Reading first = webhooks.read(headers);
        Reading second = github.read(headers);
        if (second instanceof Reading.Unsigned) {
            return first;
        }
        return first instanceof Reading.Unsigned
                ? second
                : new Reading.Unusable("two kinds of signature were sent; send one");
    }
}
